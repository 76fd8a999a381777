import { expect, test } from "vitest";
import { z } from "zod";
import { handleCommand, handleQuery, handleUpload } from "./handlers.ts";
import { toOpenApi } from "./openapi.ts";

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat())
  .pipe(z.array(z.enum(["a", "b"])))
  .optional();
const thing = z.object({ id: z.uuid(), at: z.iso.datetime() });
const description = toOpenApi({
  "/api/v1/things": {
    GET: handleQuery(
      "findings:read",
      z.object({ kind: list, limit: z.coerce.number().int().default(50), id: z.uuid() }),
      () => [],
    ),
    POST: handleUpload("scans:write", z.object({ name: z.string() }), () => undefined, { status: 202 }),
    PUT: handleUpload("scans:write", z.object({}), () => undefined, {
      media: "application/offset+octet-stream",
      headers: z.object({ "upload-offset": z.string(), "upload-checksum": z.string().optional() }),
    }),
  },
  "/api/v1/things/{id}": {
    PATCH: handleCommand("scans:write", z.object({ name: z.string().optional() }), () => undefined, {
      params: z.object({ id: z.uuid() }),
      output: z.void(),
      status: 204,
      summary: "Rename a thing",
    }),
    DELETE: handleCommand("scans:write", z.object({}), () => ({ id: "", at: "" }), { output: thing }),
  },
});

test("query names are described as they are written, with what is needed and what is the default", () => {
  expect(description).toMatchObject({
    paths: {
      "/api/v1/things": {
        get: {
          "x-permission": "findings:read",
          parameters: [
            { name: "kind", in: "query", required: false },
            { name: "limit", in: "query", required: false, schema: { type: "integer", default: 50 } },
            { name: "id", in: "query", required: true, schema: { type: "string", format: "uuid" } },
          ],
        },
        post: {
          parameters: [{ name: "name" }],
          requestBody: { content: { "application/zip": {} } },
          responses: { 202: {} },
        },
      },
    },
  });
});

test("an upload tells its media type, and the headers that it reads", () => {
  expect(description).toMatchObject({
    paths: {
      "/api/v1/things": {
        put: {
          parameters: [
            { name: "upload-offset", in: "header", required: true },
            { name: "upload-checksum", in: "header", required: false },
          ],
          requestBody: { content: { "application/offset+octet-stream": {} } },
        },
      },
    },
  });
});

test("a name that takes several values is a list of those values", () => {
  const one = toOpenApi({ "/x": { GET: handleQuery("findings:read", z.object({ kind: list.unwrap() }), () => []) } });
  const schema = { type: "array", items: { type: "string", enum: ["a", "b"] } };
  expect(one).toMatchObject({ paths: { "/x": { get: { parameters: [{ name: "kind", schema, explode: true }] } } } });
});

test("path names, bodies and answers come from the schemas that the handler checks", () => {
  expect(description).toMatchObject({
    paths: {
      "/api/v1/things/{id}": {
        patch: {
          summary: "Rename a thing",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } }],
          requestBody: { content: { "application/json": { schema: { properties: { name: { type: "string" } } } } } },
          responses: { 204: { description: expect.any(String) }, default: { $ref: "#/components/responses/problem" } },
        },
        delete: { responses: { 200: { content: { "application/json": { schema: { required: ["id", "at"] } } } } } },
      },
    },
  });
  expect(JSON.stringify(description)).not.toContain("pattern");
});
