import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEFINITIONS } from "./definitions.ts";

test("the documentation has the very definitions that the product shows, in their order", () => {
  const documented = readFileSync("docs/definitions.md", "utf8")
    .split("\n## ")
    .slice(1)
    .map((section) => {
      const [term = "", ...text] = section.split("\n");
      return { term, text: text.join("\n").trim() };
    });
  expect(documented).toEqual(Object.values(DEFINITIONS));
});
