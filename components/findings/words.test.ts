import { expect, test } from "vitest";
import { resourceTypeWord, valueWord } from "./words.ts";

test("a resource type that nobody told us of is shown readably", () => {
  expect(resourceTypeWord("AWS_EC2_INSTANCE")).toBe("EC2 instance");
  expect(resourceTypeWord("GCP_COMPUTE_INSTANCE")).toBe("Gcp compute instance");
});

test("words from outside never reach an object's own parts", () => {
  expect(resourceTypeWord("constructor")).toBe("Constructor");
  expect(valueWord("type", "toString")).toBe("toString");
});
