import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { toInputError } from "./problem.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** The query, parsed: a name given once is a text, a repeated one a list; a name that the schema lacks is refused. */
export function readQuery<Schema extends z.ZodType>(url: string, schema: Schema): z.output<Schema> {
  const params = new URL(url).searchParams;
  const given: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(params.keys())) {
    const [first = "", ...more] = params.getAll(name);
    given[name] = more.length === 0 ? first : [first, ...more];
  }
  return parse(schema, given, "query");
}

/** The JSON body, parsed; an empty one is an empty object. Throws on other media types and on more than 1 MB. */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const text = await readText(request);
  if (text === "") return parse(schema, {}, "body");
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("invalid-input", "Send the body as JSON, with content-type: application/json");
  }
  return parse(schema, parseJson(text), "body");
}

/** The path's parameters. One that cannot be right names nothing that there is. */
export function readParams<Schema extends z.ZodType>(given: unknown, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(given);
  if (!result.success) throw new AppError("not-found", "There is nothing under this address");
  return result.data;
}

/** The headers that a schema names, in small letters; others are nobody's business here. */
export function readHeaders<Schema extends z.ZodObject>(headers: Headers, schema: Schema): z.output<Schema> {
  const given = Object.keys(schema.shape).flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return parse(schema, Object.fromEntries(given), "request's headers");
}

function parse<Schema extends z.ZodType>(schema: Schema, given: unknown, subject: string): z.output<Schema> {
  const result = strict(schema).safeParse(given);
  if (!result.success) throw toInputError(result.error, subject);
  return result.data;
}

// zod compiles a schema at its first use: one made anew for each request would be compiled for each.
const madeStrict = new WeakMap<z.ZodType, z.ZodType>();

/** A schema that was not written as strict is made so: nobody's typing error is ignored. */
function strict<Schema extends z.ZodType>(schema: Schema): Schema {
  if (!(schema instanceof z.ZodObject)) return schema;
  const made = madeStrict.get(schema) ?? schema.strict();
  madeStrict.set(schema, made);
  // strict() gives the same object with one refusal more; zod's type of it no longer says Schema.
  return made as unknown as Schema;
}

async function readText(request: Request): Promise<string> {
  const tooLarge = new AppError("too-large", "The body may have up to 1 MB");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError("invalid-input", "The body is not UTF-8", { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid-input", "The body is not JSON", { cause });
  }
}
