/** A file for the browser to save. Its name is kept to what every file system and header takes. */
export function toDownload(
  body: string | Uint8Array<ArrayBuffer>,
  { type, name }: { type: string; name: string },
): Response {
  const safe = name.replace(/[^a-zA-Z0-9._-]/g, "-");
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${safe}"` },
  });
}
