import { expect, test } from "vitest";
import { planFile } from "./plan-file.ts";

test("code is analysed by its ending, and searched for secrets while it is small", () => {
  expect(planFile("a/b.py", 10)).toEqual({ grammar: "python", scanSecrets: true, skip: null });
  expect(planFile("a/B.TSX", 200_000)).toEqual({ grammar: "tsx", scanSecrets: false, skip: null });
});

test("settings are only searched for secrets; pictures and lock files are nobody's loss", () => {
  expect(planFile("config/app.yaml", 10)).toEqual({ grammar: null, scanSecrets: true, skip: null });
  expect(planFile(".env.production", 10)).toEqual({ grammar: null, scanSecrets: true, skip: null });
  for (const path of ["logo.png", "package-lock.json", "LICENSE", "a.constructor"]) {
    expect(planFile(path, 10)).toEqual({ grammar: null, scanSecrets: false, skip: null });
  }
});

test("settings too large to search are reported, and so is code of other languages", () => {
  expect(planFile("data.json", 200_000).skip?.reason).toBe("too-large");
  expect(planFile("main.go", 10)).toMatchObject({ scanSecrets: true, skip: { reason: "unsupported-language" } });
});

test.each([
  ["tests/app.py", "test-code"],
  ["unittests/views.py", "test-code"],
  ["src/app.spec.ts", "test-code"],
  ["src/contest/app.ts", undefined],
  ["venv/lib/x.py", "third-party"],
  ["static/jquery.ui.js", "third-party"],
  ["static/lib-2.1.0.js", "third-party"],
  ["src/chart.js", undefined],
  ["src/moments/list.js", undefined],
  ["dist/app.bundle.js", "minified"],
  ["src/bundle.js", undefined],
  ["app/UserServiceTest.java", "test-code"],
  ["app/Contest.java", undefined],
])("%s is left out as %s", (path, reason) => {
  expect(planFile(path, 10).skip?.reason).toBe(reason);
});
