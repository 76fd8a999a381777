const PROBE_BYTES = 8_192;
const MAX_LINE = 10_000;
const MAX_AVERAGE_LINE = 400;

/** Decodes UTF-8 (invalid bytes become U+FFFD) and marked UTF-16. Whatever has NUL bytes is no text. */
export function decodeText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes.subarray(0, PROBE_BYTES).includes(0)) return null;
  return new TextDecoder("utf-8").decode(bytes);
}

/** Whether code was packed by a tool: nobody can act on a finding there, and its source is scanned elsewhere. */
export function isMinified(text: string): boolean {
  if (text.length < 2_000) return false;
  const lines = text.split("\n");
  const longest = lines.reduce((length, line) => Math.max(length, line.length), 0);
  return longest > MAX_LINE || text.length / lines.length > MAX_AVERAGE_LINE;
}
