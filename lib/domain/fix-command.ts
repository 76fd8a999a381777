type FixablePackage = {
  name: string;
  version: string;
  fixedIn: string | null;
  manager: string | null;
  remediation: string | null;
};

/** Names and versions that can stand in a shell's line without meaning anything to it. */
const PLAIN = /^[\w@./:+~-]+$/;

/** Null where there is none for such a name. */
type Command = (name: string, fixedIn: string) => string | null;

const GO_ITSELF = /^(go\/)?stdlib$/;
const MAVEN_NAME = /^[\w.-]+:[\w.-]+$/;

const npm: Command = (name, fixedIn) => `npm install ${name}@${fixedIn}`;
const pip: Command = (name, fixedIn) => `pip install ${name}==${fixedIn}`;
const go: Command = (name, fixedIn) => {
  const version = fixedIn.replace(/^(v|go)/, "");
  return GO_ITSELF.test(name) ? `go get go@${version}` : `go get ${name}@v${version}`;
};
const maven: Command = (name, fixedIn) =>
  MAVEN_NAME.test(name)
    ? `mvn versions:use-dep-version -Dincludes=${name} -DdepVersion=${fixedIn} -DforceVersion=true`
    : null;
const gem: Command = (name, fixedIn) => `gem install ${name} -v ${fixedIn}`;

/** By the package managers of Amazon Inspector. A map, since the keys come from outside. */
const COMMANDS = new Map<string, Command>([
  ["NPM", npm],
  ["NODEPKG", npm],
  ["YARN", (name, fixedIn) => `yarn add ${name}@${fixedIn}`],
  ["PIP", pip],
  ["PYTHONPKG", pip],
  ["PIPENV", (name, fixedIn) => `pipenv install ${name}==${fixedIn}`],
  ["POETRY", (name, fixedIn) => `poetry add ${name}==${fixedIn}`],
  ["JAR", maven],
  ["POM", maven],
  ["GOMOD", go],
  ["GOBINARY", go],
  ["GEM", gem],
  ["GEMSPEC", gem],
  ["CARGO", (name, fixedIn) => `cargo update -p ${name} --precise ${fixedIn}`],
  ["COMPOSER", (name, fixedIn) => `composer require ${name}:${fixedIn}`],
  ["BUNDLER", (name) => `bundle update ${name} --conservative`],
  ["NUGET", (name, fixedIn) => `dotnet add package ${name} --version ${fixedIn}`],
]);

/** By the system that Inspector names, as in UBUNTU_22_04. Each brings the newest that the system's maker gives out. */
const SYSTEM_COMMANDS: [RegExp, (name: string) => string][] = [
  [/^(UBUNTU|DEBIAN)/, (name) => `apt-get install --only-upgrade ${name}`],
  [/^(AMAZON_LINUX_2|(REDHAT|RHEL|CENTOS|ORACLE_LINUX)_7.*)$/, (name) => `yum update ${name}`],
  [/^(AMAZON_LINUX|REDHAT|RHEL|CENTOS|ORACLE_LINUX|ROCKY|ALMA|FEDORA)/, (name) => `dnf upgrade ${name}`],
  [/^ALPINE/, (name) => `apk add --upgrade ${name}`],
  [/^(SUSE|OPENSUSE|SLES)/, (name) => `zypper update ${name}`],
];

function systemCommand(name: string, platform: string | null): string | null {
  const [, command] = SYSTEM_COMMANDS.find(([systems]) => systems.test(platform ?? "")) ?? [];
  return command?.(name) ?? null;
}

/**
 * The command that brings the fixed version: the source's own, else one by the package manager, of a system's package by
 * the system. Null without a fixed version, for an unknown manager or system, and for a name that a shell would read as
 * more than a name.
 */
export function fixCommand(one: FixablePackage, platform: string | null): string | null {
  if (one.remediation) return one.remediation;
  if (!one.fixedIn || !one.manager || !PLAIN.test(one.name) || !PLAIN.test(one.fixedIn) || one.name.startsWith("-"))
    return null;
  if (one.manager === "OS") return systemCommand(one.name, platform);
  return COMMANDS.get(one.manager)?.(one.name, one.fixedIn) ?? null;
}

/** The system of a resource as its source names it, as in UBUNTU_22_04; null where it does not tell. */
export function platformOf(details: Record<string, unknown>): string | null {
  for (const part of Object.values(details)) {
    if (typeof part !== "object" || part === null || !("platform" in part)) continue;
    if (typeof part.platform === "string") return part.platform.toUpperCase();
  }
  return null;
}
