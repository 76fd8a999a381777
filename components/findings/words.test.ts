import { expect, test } from "vitest";
import { valueWord } from "./words.ts";

test("words from outside never reach an object's own parts", () => {
  expect(valueWord("resourceType", "constructor")).toBe("constructor");
  expect(valueWord("type", "toString")).toBe("toString");
});
