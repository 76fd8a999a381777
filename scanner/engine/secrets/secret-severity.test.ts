import { expect, test } from "vitest";
import { secretSeverity } from "./secret-severity.ts";

const RANDOM = "8f14e45fceea167a5a36dedd4bea2543";
const severityIn = (path: string, text: string, hasShape = false) => secretSeverity({ path, text, hasShape });

test("what a service gave out is critical, what somebody thought of is not", () => {
  expect(severityIn("shop/settings.py", "AKIAJ7QWERTYUIOPASDF", true)).toBe("Critical");
  expect(severityIn("shop/settings.py", RANDOM)).toBe("High");
  expect(severityIn("shop/settings.py", "t9Q!x7Lm2z")).toBe("High");
});

test.each(["postgres", "admin123", "secret-key", "password1"])("%s is what others try first: medium", (text) => {
  expect(severityIn("shop/settings.py", text)).toBe("Medium");
});

test.each([
  "docker-compose.yml",
  "deploy/compose.dev.yaml",
  ".github/workflows/test.yml",
  ".gitlab-ci.yml",
  "shop/seeds/users.py",
  "db/seed.py",
  "shop/management/commands/populate_demo.py",
  "config/local.yaml",
  "azure-pipelines.yml",
  "Jenkinsfile",
])("a password in %s is low, a random one medium, a key of a service high", (path) => {
  expect(severityIn(path, "t9Q!x7Lm2z")).toBe("Low");
  expect(severityIn(path, RANDOM)).toBe("Medium");
  expect(severityIn(path, "AKIAJ7QWERTYUIOPASDF", true)).toBe("High");
});

test.each(["shop/device.py", "locale/settings.py", "src/social.py", "shop/composer.yaml"])(
  "%s is no place for stand-ins",
  (path) => {
    expect(severityIn(path, RANDOM)).toBe("High");
  },
);
