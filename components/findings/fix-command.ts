type FixablePackage = {
  name: string;
  version: string;
  fixedIn: string | null;
  manager: string | null;
  remediation: string | null;
};

/** Names and versions that can stand in a shell's line without meaning anything to it. */
const PLAIN = /^[\w@./:+~-]+$/;

const COMMANDS: Record<string, (name: string, fixedIn: string) => string> = {
  NPM: (name, fixedIn) => `npm install ${name}@${fixedIn}`,
  NODEPKG: (name, fixedIn) => `npm install ${name}@${fixedIn}`,
  PIP: (name, fixedIn) => `pip install ${name}==${fixedIn}`,
  PYTHONPKG: (name, fixedIn) => `pip install ${name}==${fixedIn}`,
  GOMOD: (name, fixedIn) => `go get ${name}@v${fixedIn.replace(/^v/, "")}`,
  GOBINARY: (name, fixedIn) => `go get ${name}@v${fixedIn.replace(/^v/, "")}`,
  CARGO: (name, fixedIn) => `cargo update -p ${name} --precise ${fixedIn}`,
  COMPOSER: (name, fixedIn) => `composer require ${name}:${fixedIn}`,
  BUNDLER: (name) => `bundle update ${name} --conservative`,
  GEM: (name, fixedIn) => `gem install ${name} -v ${fixedIn}`,
  GEMSPEC: (name, fixedIn) => `gem install ${name} -v ${fixedIn}`,
  NUGET: (name, fixedIn) => `dotnet add package ${name} --version ${fixedIn}`,
  OS: (name) => `dnf update ${name}`,
};

/**
 * The command that brings the fixed version: the source's own, else one by the package manager. Null without a fixed
 * version, for an unknown manager, and for a name that a shell would read as more than a name.
 */
export function fixCommand(one: FixablePackage): string | null {
  if (one.remediation) return one.remediation;
  if (!one.fixedIn || !one.manager || !PLAIN.test(one.name) || !PLAIN.test(one.fixedIn) || one.name.startsWith("-"))
    return null;
  return COMMANDS[one.manager]?.(one.name, one.fixedIn) ?? null;
}
