const MAX_NAME_BYTES = 1_024;
const MAX_PART_BYTES = 255;
const MAX_DEPTH = 64;

/** What makes a name read differently from how it is stored: controls, and marks that turn the direction. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/iu;

/**
 * Why the scanner refuses a name, in words; null for one that it takes. Also what a disk that folds look-alikes would
 * make of it must be harmless.
 */
export function nameFault(name: string): string | null {
  return faultOf(name) ?? faultOf(name.normalize("NFKC"));
}

function faultOf(name: string): string | null {
  if (name === "") return "it is empty";
  if (bytesOf(name) > MAX_NAME_BYTES) return "it is longer than 1,024 bytes";
  if (UNSEEN.test(name)) return "it holds characters that are not seen";
  if (name.includes("\\")) return "it holds a backslash";
  if (name.startsWith("/")) return "it is absolute";
  const parts = name.replace(/\/$/, "").split("/");
  if (parts.length > MAX_DEPTH) return "it is nested deeper than 64 folders";
  return parts.map(faultOfPart).find((fault) => fault !== null) ?? null;
}

function faultOfPart(part: string): string | null {
  if (part === "") return "it has an empty part";
  if (part === "." || part === "..") return "it leaves its folder";
  if (bytesOf(part) > MAX_PART_BYTES) return "a part is longer than 255 bytes";
  if (/[. ]$/u.test(part)) return "a part ends in a dot or a space";
  if (part.includes(":")) return "it names a drive or a stream";
  return DEVICE.test(part) ? "it names a device" : null;
}

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).byteLength;
