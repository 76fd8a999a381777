import type { makeBuilder } from "@smithy/core/client";

export const NAMESPACE = "com.amazonaws.codegurusecurity";

/** The SDK's own type of an operation, taken from where it is consumed. */
export type OperationSchema = Parameters<ReturnType<typeof makeBuilder>>[3];
type SchemaRef = OperationSchema[4];
type Members = Record<string, SchemaRef>;

export const TEXT = 0;
export const NUMBER = 1;
export const TIMESTAMP = 4;
export const TEXTS = 64; // list of TEXT
export const TEXT_MAP = 128; // map of TEXT to TEXT

// Member traits, as bits.
const IN_PATH = 1;
const IDEMPOTENCY_TOKEN = 4;
const SENSITIVE = 8;

export const inPath: SchemaRef = [TEXT, IN_PATH];
export const idempotencyToken: SchemaRef = [TEXT, IDEMPOTENCY_TOKEN];
export const sensitive = (of: SchemaRef): SchemaRef => [of, SENSITIVE];
export const inQuery = (httpQuery: string, of: SchemaRef = TEXT): SchemaRef => [of, { httpQuery }];
export const named = (jsonName: string, of: SchemaRef): SchemaRef => [of, { jsonName }];

/** A structure; its first `required` members are the required ones. */
export const structure = (name: string, members: Members, required = 0): SchemaRef => [
  3,
  NAMESPACE,
  name,
  0,
  Object.keys(members),
  Object.values(members),
  required,
];

export const union = (name: string, members: Members): SchemaRef => [
  4,
  NAMESPACE,
  name,
  0,
  Object.keys(members),
  Object.values(members),
];

export const list = (name: string, of: SchemaRef): SchemaRef => [1, NAMESPACE, name, 0, of];

/** `http` is method, path template and the status of success. */
export const operation = (
  name: string,
  http: [string, string, number],
  input: SchemaRef,
  output: SchemaRef,
): OperationSchema => [9, NAMESPACE, name, { http }, input, output];
