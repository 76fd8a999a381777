import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { resolveEndpoint } from "./endpoint.ts";

// AWS's own vectors for this service's endpoint rules.
const vectors = z
  .object({
    testCases: z.array(
      z.object({
        documentation: z.string(),
        expect: z.object({ endpoint: z.object({ url: z.string() }).optional(), error: z.string().optional() }),
        params: z
          .object({
            Endpoint: z.string().optional(),
            Region: z.string().optional(),
            UseFIPS: z.boolean().optional(),
            UseDualStack: z.boolean().optional(),
          })
          .default({}),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("./fixtures/endpoint-tests.json", import.meta.url), "utf8"))).testCases;

describe("the endpoint follows AWS's vectors", () => {
  test.each(vectors)("$documentation", ({ params, expect: expected }) => {
    if (expected.error !== undefined) return expect(() => resolveEndpoint(params)).toThrow(expected.error);
    expect(resolveEndpoint(params).url.href.replace(/\/$/, "")).toBe(expected.endpoint?.url);
  });
});

test("there are vectors of both kinds", () => {
  expect(vectors.filter((vector) => vector.expect.error !== undefined).length).toBeGreaterThanOrEqual(3);
  expect(vectors.filter((vector) => vector.expect.endpoint !== undefined).length).toBeGreaterThanOrEqual(15);
});
