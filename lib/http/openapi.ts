import { z } from "zod";
import type { Operation, RouteHandler } from "./operation.ts";

/** Routes by their path as OpenAPI writes it (`/api/v1/scans/{name}`): what each route file exports. */
export type Routes = Record<string, Record<string, RouteHandler>>;
type Json = Record<string, unknown>;

/** The API's description (OpenAPI 3.1), made from what each handler checks: the two cannot say different things. */
export function toOpenApi(routes: Routes): Json {
  const paths = Object.entries(routes).map(([path, handlers]) => {
    const operations = Object.entries(handlers).map(([method, { operation }]) => [
      method.toLowerCase(),
      toOperationObject(path, operation),
    ]);
    return [path, Object.fromEntries(operations)];
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Sightline",
      version: "1",
      description: "Errors are RFC 9457 problems. Instants are ISO 8601 in UTC.",
    },
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token (slt_…), made in Settings" },
        session: { type: "apiKey", in: "cookie", name: "__Host-sightline" },
      },
      responses: {
        problem: { description: "What was wrong", content: { "application/problem+json": { schema: PROBLEM } } },
      },
    },
  };
}

const PROBLEM = z.toJSONSchema(
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  }),
);

function toOperationObject(path: string, operation: Operation): Json {
  const { access, kind, input, summary } = operation;
  const parameters = [
    ...pathParameters(path, operation.params),
    ...(kind === "command" ? [] : queryParameters(input)),
    ...headerParameters(operation.headers),
  ];
  return {
    summary,
    security: access === "public" ? [] : [{ token: [] }, { session: [] }],
    ...(access !== "public" && { "x-permission": access }),
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(operation),
    responses: { [operation.status]: success(operation), default: { $ref: "#/components/responses/problem" } },
  };
}

function success({ output }: Operation): Json {
  if (output === null) return { description: "Done" };
  if (output instanceof z.ZodVoid) return { description: "Done; there is nothing to tell" };
  return { description: "Done", content: { "application/json": { schema: toSchema(output, "output") } } };
}

function requestBody({ kind, input, media }: Operation): Json {
  if (kind === "upload") return media === null ? {} : { requestBody: { required: true, content: { [media]: {} } } };
  if (kind === "query") return {};
  const schema = toSchema(input, "input");
  const isEmpty = schema.type === "object" && Object.keys(Object(schema.properties)).length === 0;
  return isEmpty ? {} : { requestBody: { required: true, content: { "application/json": { schema } } } };
}

function pathParameters(path: string, params: z.ZodType): Json[] {
  const schemas = params instanceof z.ZodObject ? params.shape : {};
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    const schema = schemas[name];
    return { name, in: "path", required: true, schema: schema ? toSchema(schema, "input") : { type: "string" } };
  });
}

function queryParameters(input: z.ZodType): Json[] {
  if (!(input instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(input.shape).map(([name, schema]) => {
    const after = toSchema(schema, "output");
    // A name that takes several values is read from text; its description is that of the values.
    const isList = after.type === "array";
    return {
      name,
      in: "query",
      required: !schema.safeParse(undefined).success,
      schema: isList ? after : toSchema(schema, "input"),
      ...(isList && {
        description: "Repeat it, or put commas between values; a comma within one is written \\,",
        style: "form",
        explode: true,
      }),
    };
  });
}

function headerParameters(headers: z.ZodObject): Json[] {
  return Object.entries<z.ZodType>(headers.shape).map(([name, schema]) => ({
    name,
    in: "header",
    required: !schema.safeParse(undefined).success,
    schema: toSchema(schema, "input"),
  }));
}

function toSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: withoutPattern });
  return rest;
}

/** A format says it for people and generators alike; its pattern is a line long. */
function withoutPattern({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}
