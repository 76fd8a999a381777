import { expect, test } from "vitest";
import { fixCommand } from "./fix-command.ts";

const aPackage = { name: "next", version: "15.4.2", fixedIn: "15.4.7", manager: "NPM", remediation: null };

test("the source's own command goes before ours", () => {
  expect(fixCommand({ ...aPackage, remediation: "apk add --upgrade next" })).toBe("apk add --upgrade next");
});

test("without one, the package manager's command brings the fixed version", () => {
  expect(fixCommand(aPackage)).toBe("npm install next@15.4.7");
  expect(fixCommand({ ...aPackage, name: "golang.org/x/crypto", fixedIn: "0.45.0", manager: "GOMOD" })).toBe(
    "go get golang.org/x/crypto@v0.45.0",
  );
});

test("a name or version that a shell would act on gets no command", () => {
  for (const hostile of ["a; rm -rf /", "$(id)", "`id`", "a b", "--registry=evil", "a\nb", "a|b", "'a"]) {
    expect(fixCommand({ ...aPackage, name: hostile })).toBeNull();
    if (!hostile.startsWith("-")) expect(fixCommand({ ...aPackage, fixedIn: hostile })).toBeNull();
  }
});

test("nothing is invented without a fixed version or for an unknown manager", () => {
  expect(fixCommand({ ...aPackage, fixedIn: null })).toBeNull();
  expect(fixCommand({ ...aPackage, manager: "SOMETHING_NEW" })).toBeNull();
  expect(fixCommand({ ...aPackage, manager: "constructor" })).toBeNull();
});
