const PAIR = /^ *([\x21-\x2b\x2d-\x7e]+)(?: ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?))? *$/;

/**
 * tus's Upload-Metadata: pairs of a key and a base64 text, apart by commas; a key may stand alone. Null when it is none.
 */
export function toUploadMetadata(text: string): ReadonlyMap<string, string> | null {
  const pairs = new Map<string, string>();
  if (text === "") return pairs;
  for (const pair of text.split(",")) {
    const [, key, base64 = ""] = PAIR.exec(pair) ?? [];
    if (key === undefined || pairs.has(key)) return null;
    pairs.set(key, fromBase64(base64));
  }
  return pairs;
}

function fromBase64(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** The same text from its pairs. */
export function fromUploadMetadata(pairs: Record<string, string>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key} ${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}`)
    .join(",");
}
