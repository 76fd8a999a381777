import { expect, test } from "vitest";
import { pageTokens } from "./page-token.ts";
import { WireError } from "./wire-error.ts";

const { read, write } = pageTokens("secret");

test("a token says where to go on, for the query it was made for", () => {
  expect(read(["GetFindings", "a"], write(["GetFindings", "a"], "row"))).toBe("row");
  expect(pageTokens("secret").read(["a"], write(["a"], "row"))).toBe("row");
});

test.each([
  ["another query", write(["b"], "row")],
  ["another service's secret", pageTokens("other").write(["a"], "row")],
  ["nothing", ""],
  [
    "a forged row",
    `${Buffer.from('{"query":["a"],"after":"x"}').toString("base64url")}.${write(["a"], "row").split(".")[1]}`,
  ],
])("a token of %s is refused", (_name, token) => expect(() => read(["a"], token)).toThrow(WireError));
