type FixablePackage = {
  name: string;
  version: string;
  fixedIn: string | null;
  manager: string | null;
  remediation: string | null;
};

/** Names and versions that can stand in a shell's line without meaning anything to it. */
const PLAIN = /^[\w@./:+~-]+$/;

type Command = (name: string, fixedIn: string) => string;

const npm: Command = (name, fixedIn) => `npm install ${name}@${fixedIn}`;
const pip: Command = (name, fixedIn) => `pip install ${name}==${fixedIn}`;
const go: Command = (name, fixedIn) => `go get ${name}@v${fixedIn.replace(/^v/, "")}`;
const gem: Command = (name, fixedIn) => `gem install ${name} -v ${fixedIn}`;

/** By the package managers of Amazon Inspector. A map, since the keys come from outside. */
const COMMANDS = new Map<string, Command>([
  ["NPM", npm],
  ["NODEPKG", npm],
  ["PIP", pip],
  ["PYTHONPKG", pip],
  ["GOMOD", go],
  ["GOBINARY", go],
  ["GEM", gem],
  ["GEMSPEC", gem],
  ["CARGO", (name, fixedIn) => `cargo update -p ${name} --precise ${fixedIn}`],
  ["COMPOSER", (name, fixedIn) => `composer require ${name}:${fixedIn}`],
  ["BUNDLER", (name) => `bundle update ${name} --conservative`],
  ["NUGET", (name, fixedIn) => `dotnet add package ${name} --version ${fixedIn}`],
]);

/**
 * The command that brings the fixed version: the source's own, else one by the package manager. Null without a fixed
 * version, for an unknown manager, and for a name that a shell would read as more than a name.
 */
export function fixCommand(one: FixablePackage): string | null {
  if (one.remediation) return one.remediation;
  if (!one.fixedIn || !one.manager || !PLAIN.test(one.name) || !PLAIN.test(one.fixedIn) || one.name.startsWith("-"))
    return null;
  return COMMANDS.get(one.manager)?.(one.name, one.fixedIn) ?? null;
}
