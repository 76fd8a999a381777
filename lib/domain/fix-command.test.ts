import { expect, test } from "vitest";
import { fixCommand, platformOf } from "./fix-command.ts";

const aPackage = { name: "next", version: "15.4.2", fixedIn: "15.4.7", manager: "NPM", remediation: null };

test("the source's own command goes before ours", () => {
  expect(fixCommand({ ...aPackage, remediation: "apk add --upgrade next" }, null)).toBe("apk add --upgrade next");
});

test("without one, the package manager's command brings the fixed version", () => {
  expect(fixCommand(aPackage, null)).toBe("npm install next@15.4.7");
  expect(fixCommand({ ...aPackage, name: "golang.org/x/crypto", fixedIn: "0.45.0", manager: "GOMOD" }, null)).toBe(
    "go get golang.org/x/crypto@v0.45.0",
  );
});

test("a name or version that a shell would act on gets no command", () => {
  for (const hostile of ["a; rm -rf /", "$(id)", "`id`", "a b", "--registry=evil", "a\nb", "a|b", "'a"]) {
    expect(fixCommand({ ...aPackage, name: hostile }, null)).toBeNull();
    if (!hostile.startsWith("-")) expect(fixCommand({ ...aPackage, fixedIn: hostile }, null)).toBeNull();
  }
});

test("nothing is invented without a fixed version or for an unknown manager", () => {
  expect(fixCommand({ ...aPackage, fixedIn: null }, null)).toBeNull();
  expect(fixCommand({ ...aPackage, manager: "SOMETHING_NEW" }, null)).toBeNull();
  expect(fixCommand({ ...aPackage, manager: "constructor" }, null)).toBeNull();
});

test("a system's package gets the command of its system, and none where the system is unknown", () => {
  const openssl = { ...aPackage, name: "openssl", fixedIn: "3.0.11-1", manager: "OS" };
  const commands = [
    ["UBUNTU_22_04", "apt-get install --only-upgrade openssl"],
    ["DEBIAN_12", "apt-get install --only-upgrade openssl"],
    ["AMAZON_LINUX_2", "yum update openssl"],
    ["AMAZON_LINUX_2023", "dnf upgrade openssl"],
    ["CENTOS_7", "yum update openssl"],
    ["REDHAT_9", "dnf upgrade openssl"],
    ["ALPINE_LINUX_3_19", "apk add --upgrade openssl"],
    ["WINDOWS_SERVER_2022", null],
    [null, null],
  ] as const;
  expect(commands.map(([platform]) => [platform, fixCommand(openssl, platform)])).toEqual(commands);
});

test("Go's own library comes with Go, not as a module", () => {
  const stdlib = { ...aPackage, name: "go/stdlib", fixedIn: "1.22.5", manager: "GOBINARY" };
  expect(fixCommand(stdlib, null)).toBe("go get go@1.22.5");
});

test("Maven's command needs the group that a jar alone may not tell", () => {
  const jar = { ...aPackage, name: "org.apache.tomcat.embed:tomcat-embed-core", fixedIn: "10.1.35", manager: "JAR" };
  expect(fixCommand(jar, null)).toBe(
    "mvn versions:use-dep-version -Dincludes=org.apache.tomcat.embed:tomcat-embed-core -DdepVersion=10.1.35 -DforceVersion=true",
  );
  expect(fixCommand({ ...jar, name: "tomcat-embed-core" }, null)).toBeNull();
});

test("the system is read from whatever part of a resource's details names it", () => {
  expect(platformOf({ awsEcrContainerImage: { repositoryName: "api", platform: "DEBIAN_12" } })).toBe("DEBIAN_12");
  expect(platformOf({ awsLambdaFunction: { functionName: "api" }, other: null })).toBeNull();
});
