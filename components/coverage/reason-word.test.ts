import { expect, test } from "vitest";
import { reasonWord } from "./reason-word.ts";

test("a known reason is told in words, a new one without its capitals", () => {
  expect(reasonWord("UNMANAGED_EC2_INSTANCE")).toBe("Not managed by SSM");
  expect(reasonWord("SOMETHING_NEW")).toBe("Something new");
});
