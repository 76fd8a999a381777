/** Every way an archive can be turned away. */
export type RefusalCode =
  | "not-a-zip"
  | "damaged"
  | "ambiguous"
  | "multi-disk"
  | "encrypted"
  | "unsupported-method"
  | "unsafe-name"
  | "duplicate-name"
  | "special-file"
  | "too-many-entries"
  | "too-large-unpacked"
  | "bomb"
  | "bad-checksum"
  | "nothing-to-scan";

/** The archive was not scanned. The message names the entry and may be shown to whoever uploaded it. */
export class ArchiveRefused extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
    this.name = new.target.name;
  }
}
