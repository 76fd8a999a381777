const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];
/** The bytes that a JSON text is made of, beside those of its values. */
export const SIGN = { QUOTE, COMMA, COLON: 0x3a, LIST, LIST_END, OBJECT, OBJECT_END };

/** What is nested deeper than this is meant to hurt. */
export const DEEPEST = 128;

/** Where the end of a value is looked for: how many brackets are open there, and whether a text is. */
export type Scan = { from: number; depth: number; isText: boolean };

/** By byte: how much deeper it leads. */
const STEPS = new Int8Array(256);
for (const byte of [OBJECT, LIST]) STEPS[byte] = 1;
for (const byte of [OBJECT_END, LIST_END]) STEPS[byte] = -1;

/** Goes on to the end of the value in which the scan began. False: it lies beyond what there is, or too deep. */
export function scanOn(bytes: Buffer, scan: Scan): boolean {
  while (scan.from < bytes.length && scan.depth <= DEEPEST) {
    if (scan.isText) {
      if (!leaveText(bytes, scan)) return false;
      if (scan.depth === 0) return true;
    } else if (isEndOutsideText(bytes[scan.from] ?? 0, scan)) return true;
  }
  return false;
}

/** Goes on behind the text's closing quote, where it is there. An escaped character may lie in the next chunk. */
function leaveText(bytes: Buffer, scan: Scan): boolean {
  let { from } = scan;
  while (from < bytes.length && bytes[from] !== QUOTE) from += bytes[from] === BACKSLASH ? 2 : 1;
  scan.isText = from >= bytes.length;
  scan.from = scan.isText ? from : from + 1;
  return !scan.isText;
}

/** Steps over one byte, but not over the one that ends a number or a word. */
function isEndOutsideText(byte: number, scan: Scan): boolean {
  if (scan.depth === 0 && isDelimiter(byte)) return true;
  scan.from += 1;
  scan.isText = byte === QUOTE;
  scan.depth += STEPS[byte] ?? 0;
  return scan.depth === 0 && STEPS[byte] === -1;
}

/** What ends a number or a word. */
function isDelimiter(byte: number | undefined): boolean {
  return byte === COMMA || byte === LIST_END || byte === OBJECT_END || isSpace(byte);
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
