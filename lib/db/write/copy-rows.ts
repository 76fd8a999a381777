import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from } from "pg-copy-streams";

/** What a column holds; a question mark allows null. */
type BaseType = "text" | "uuid" | "bytea" | "int4" | "float4" | "bool" | "timestamptz" | "int4[]";
export type ColumnType = BaseType | `${BaseType}?`;
export type Columns = Record<string, ColumnType>;

type BaseValue = {
  text: string;
  uuid: string;
  bytea: Buffer;
  int4: number;
  float4: number;
  bool: boolean;
  timestamptz: Date;
  "int4[]": number[];
};
type ValueOf<T extends ColumnType> = T extends `${infer Base extends BaseType}?`
  ? BaseValue[Base] | null
  : T extends BaseType
    ? BaseValue[T]
    : never;

/** A row of a table whose columns are told by `C`. */
export type RowOf<C extends Columns> = { -readonly [K in keyof C]: ValueOf<C[K]> };

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const TRAILER = Buffer.from([0xff, 0xff]);
const CHUNK_BYTES = 1 << 18;
/** PostgreSQL counts from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const INT4_OID = 23;

/** Inserts rows by COPY in its binary format: the fastest way in, and no value needs escaping. */
export async function copyRows<C extends Columns>(
  client: pg.ClientBase,
  table: string,
  columns: C,
  rows: Iterable<RowOf<C>>,
): Promise<void> {
  const names = Object.keys(columns);
  const target = client.query(from(`COPY ${table} (${names.join(", ")}) FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(encode(columns, names, rows), { objectMode: false }), target);
}

function* encode<C extends Columns>(columns: C, names: string[], rows: Iterable<RowOf<C>>): Generator<Buffer> {
  const fields = names.map((name) => ({ name, write: WRITERS[baseOf(columns[name] ?? "text")] }));
  yield SIGNATURE;
  let out = newOut();
  for (const row of rows) {
    writeInt2(out, fields.length);
    for (const { name, write } of fields) {
      const value: unknown = row[name];
      if (value === null) writeInt4(out, -1);
      else write(out, value);
    }
    if (out.length >= CHUNK_BYTES) {
      yield out.bytes.subarray(0, out.length);
      out = newOut();
    }
  }
  yield out.bytes.subarray(0, out.length);
  yield TRAILER;
}

function baseOf(type: ColumnType): BaseType {
  // What is left after the question mark is a base type.
  return (type.endsWith("?") ? type.slice(0, -1) : type) as BaseType;
}

type Out = { bytes: Buffer; length: number };
type Write = (out: Out, value: never) => void;

/** One writer a type: its length in bytes, then the bytes. RowOf holds each column to its type. */
const WRITERS = {
  text: (out: Out, value: string) => {
    // A character takes at most three bytes of UTF-8 for each of its UTF-16 units.
    reserve(out, 4 + value.length * 3);
    const length = out.bytes.write(value, out.length + 4, "utf8");
    out.bytes.writeInt32BE(length, out.length);
    out.length += 4 + length;
  },
  uuid: (out: Out, value: string) => {
    writeInt4(out, 16);
    reserve(out, 16);
    out.length += out.bytes.write(value.replaceAll("-", ""), out.length, "hex");
  },
  bytea: (out: Out, value: Buffer) => writeBytes(out, value),
  int4: (out: Out, value: number) => {
    writeInt4(out, 4);
    writeInt4(out, value);
  },
  float4: (out: Out, value: number) => {
    writeInt4(out, 4);
    reserve(out, 4);
    out.length = out.bytes.writeFloatBE(value, out.length);
  },
  bool: (out: Out, value: boolean) => {
    writeInt4(out, 1);
    reserve(out, 1);
    out.length = out.bytes.writeUInt8(value ? 1 : 0, out.length);
  },
  timestamptz: (out: Out, value: Date) => {
    writeInt4(out, 8);
    reserve(out, 8);
    out.length = out.bytes.writeBigInt64BE(BigInt(value.getTime() - EPOCH_MS) * 1000n, out.length);
  },
  "int4[]": (out: Out, value: number[]) => {
    const dimensions = value.length === 0 ? 0 : 1;
    writeInt4(out, 12 + dimensions * 8 + value.length * 8);
    for (const header of [dimensions, 0, INT4_OID]) writeInt4(out, header);
    if (dimensions === 1) for (const bound of [value.length, 1]) writeInt4(out, bound);
    for (const element of value) {
      writeInt4(out, 4);
      writeInt4(out, element);
    }
  },
  // Looked up by a name that is only known at run time, so that a value's type cannot be followed.
} satisfies Record<BaseType, Write> as Record<BaseType, (out: Out, value: unknown) => void>;

function newOut(): Out {
  return { bytes: Buffer.allocUnsafe(CHUNK_BYTES * 2), length: 0 };
}

function reserve(out: Out, bytes: number): void {
  if (out.length + bytes <= out.bytes.length) return;
  const larger = Buffer.allocUnsafe(Math.max(out.bytes.length * 2, out.length + bytes));
  out.bytes.copy(larger, 0, 0, out.length);
  out.bytes = larger;
}

function writeInt2(out: Out, value: number): void {
  reserve(out, 2);
  out.length = out.bytes.writeInt16BE(value, out.length);
}

function writeInt4(out: Out, value: number): void {
  reserve(out, 4);
  out.length = out.bytes.writeInt32BE(value, out.length);
}

function writeBytes(out: Out, value: Buffer): void {
  writeInt4(out, value.length);
  reserve(out, value.length);
  out.length += value.copy(out.bytes, out.length);
}
