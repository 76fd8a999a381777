import { ArchiveRefused } from "./archive-refused.ts";

const MAX_NAME_BYTES = 1_024;
const MAX_SEGMENT_BYTES = 255;
const MAX_DEPTH = 64;

// Control characters, and those that make a name read differently from how it is stored.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/iu;
const DRIVE = /^[a-z]:/iu;

/**
 * Refuses a name that could mean something else to another reader of the same archive: an escape, a device, a
 * look-alike. We never write under a name from an archive, but it is shown, stored and put into links.
 */
export function checkEntryName(name: string): void {
  const fault = nameFault(name) ?? nameFault(name.normalize("NFKC"));
  if (fault !== null)
    throw new ArchiveRefused("unsafe-name", `The entry ${printable(name)} has an unsafe name: ${fault}.`);
}

/** The name as it may be shown: at most 120 characters, nothing invisible. */
export function printable(name: string): string {
  const short = name.length > 120 ? `${name.slice(0, 117)}...` : name;
  return JSON.stringify(short).replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "\ufffd");
}

function nameFault(name: string): string | null {
  if (name === "") return "it is empty";
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `it is longer than ${MAX_NAME_BYTES} bytes`;
  if (UNPRINTABLE.test(name)) return "it holds control or direction characters";
  if (name.includes("\\")) return "it holds a backslash";
  if (name.startsWith("/")) return "it is absolute";
  if (DRIVE.test(name)) return "it names a drive";
  const segments = (name.endsWith("/") ? name.slice(0, -1) : name).split("/");
  if (segments.length > MAX_DEPTH) return `it is nested deeper than ${MAX_DEPTH} folders`;
  for (const segment of segments) {
    const fault = segmentFault(segment);
    if (fault !== null) return fault;
  }
  return null;
}

function segmentFault(segment: string): string | null {
  if (segment === "") return "it has an empty part";
  if (segment === "." || segment === "..") return "it leaves its folder";
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) return `a part is longer than ${MAX_SEGMENT_BYTES} bytes`;
  if (/[. ]$/u.test(segment)) return "a part ends in a dot or a space";
  if (segment.includes(":")) return "it names a stream";
  if (WINDOWS_DEVICE.test(segment)) return "it names a device";
  return null;
}
