/** The parts of an HTTP request that a signature covers, as they came over the wire. */
export type SignedRequest = {
  method: string;
  rawPath: string;
  rawQuery: string;
  /** Names in lower case; the values of a repeated header in the order they came. */
  headers: ReadonlyMap<string, string[]>;
};

/**
 * The canonical request of Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function toCanonicalRequest(request: SignedRequest, signedHeaders: string[], payloadHash: string): string {
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(request.headers.get(name) ?? [])}\n`);
  return [
    request.method,
    canonicalPath(request.rawPath),
    canonicalQuery(request.rawQuery),
    headers.join(""),
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function canonicalPath(rawPath: string): string {
  return rawPath.split("/").map(encode).join("/");
}

function canonicalQuery(rawQuery: string): string {
  const parameters = parseQuery(rawQuery).filter(([name]) => name !== "X-Amz-Signature");
  const encoded = parameters.map(([name, value]): [string, string] => [encode(name), encode(value)]);
  encoded.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB));
  return encoded.map(([name, value]) => `${name}=${value}`).join("&");
}

function canonicalValue(values: string[]): string {
  return values.map((value) => value.trim().replaceAll(/ +/g, " ")).join(",");
}

/** Names and values of a query in order, decoded. `+` is a plus: AWS encodes a space as %20. Throws URIError. */
export function parseQuery(rawQuery: string): [string, string][] {
  const parts = rawQuery.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const [name = "", ...value] = part.split("=");
    return [decodeURIComponent(name), decodeURIComponent(value.join("="))];
  });
}

/** RFC 3986: everything but letters, digits and - . _ ~ is encoded; encodeURIComponent leaves five more. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
