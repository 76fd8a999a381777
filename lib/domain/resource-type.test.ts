import { expect, test } from "vitest";
import { resourceNoun, resourceTypeName } from "./resource-type.ts";

test("a type of resource has a name, in any cloud", () => {
  expect(resourceTypeName("AWS_EC2_INSTANCE")).toBe("EC2 instance");
  expect(resourceTypeName("Microsoft.Compute/virtualMachines")).toBe("Azure virtual machine");
  expect(resourceNoun("Microsoft.Web/sites")).toBe("web app");
});

test("a type that nobody told us of is made readable, and counted as a resource", () => {
  expect(resourceTypeName("GCP_COMPUTE_INSTANCE")).toBe("Gcp compute instance");
  expect(resourceTypeName("Microsoft.Sql/servers")).toBe("Microsoft.Sql/servers");
  expect(resourceNoun("GCP_COMPUTE_INSTANCE")).toBe("resource");
});

test("a type never reaches an object's own parts", () => {
  expect(resourceTypeName("constructor")).toBe("constructor");
});
