/** Every expected failure is one of these; `lib/http` maps each to a status. */
export type AppErrorCode =
  | "invalid-input"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "gone"
  | "too-large"
  | "too-many-requests"
  | "checksum-mismatch"
  | "unsupported-type"
  | "unsupported-version"
  | "source-failed"
  | "unavailable"
  | "too-slow";

/** One field of the input that was refused, and why. */
export type FieldFault = { field: string; message: string };

/** A failure we expect and can explain. Its message may be shown to the user. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly faults: FieldFault[];
  constructor(code: AppErrorCode, message: string, options: ErrorOptions & { faults?: FieldFault[] } = {}) {
    super(message, options);
    this.code = code;
    this.faults = options.faults ?? [];
    this.name = new.target.name;
  }
}
