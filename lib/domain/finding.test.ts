import { expect, test } from "vitest";
import { firstSentence } from "./finding.ts";

test.each([
  ["A partial PUT runs code. It needs write access.", "A partial PUT runs code"],
  ["Versions before 1.2.3 read past the end of a buffer.", "Versions before 1.2.3 read past the end of a buffer"],
  ["One line\nand another", "One line"],
  ["   ", null],
  ["x".repeat(161), null],
])("of %j the first sentence is %j", (text, sentence) => {
  expect(firstSentence(text)).toBe(sentence);
});
