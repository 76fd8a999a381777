import type { ZipFile } from "./read-zip-directory.ts";

/** What the scanner reads a file as. */
const LANGUAGES: Record<string, string> = {
  py: "Python",
  pyw: "Python",
  js: "JavaScript",
  jsx: "JavaScript",
  mjs: "JavaScript",
  cjs: "JavaScript",
  ts: "TypeScript",
  mts: "TypeScript",
  cts: "TypeScript",
  tsx: "TypeScript",
  java: "Java",
};
/** Where only secrets are looked for. */
const SECRETS_ONLY = new Set(
  "json xml yml yaml toml ini cfg conf cnf cf config properties plist env tfvars key pem md rst txt html".split(" "),
);
export const SECRETS_ONLY_NAME = "Text and configuration";
const OTHER_LANGUAGES = new Set(
  (
    "kt kts scala groovy go rb erb php cs vb c h cc cpp cxx hpp rs swift m mm sh bash ps1 pl pm lua r dart ex exs clj " +
    "tf hcl vue svelte ipynb jsp sql ejs"
  ).split(" "),
);

const MAX_SOURCE_BYTES = 1024 ** 2;
const MAX_SECRETS_BYTES = 100 * 1024;

const THIRD_PARTY =
  /(?:^|\/)(node_modules|bower_components|jspm_packages|site-packages|dist-packages|\.?venv|virtualenv|vendors?|third[_-]?party|\.yarn|\.pnpm)\//i;
const TEST_FOLDER = /(?:^|\/)(tests?|__tests__|__mocks__|specs?|e2e|cypress|testing|testdata|test[_-]data|fixtures)\//i;
const TEST_FILE =
  /(?:^|\/)(?:test_[^/]*\.py|[^/]*_test\.py|conftest\.py|[^/]*[.-](?:test|spec|e2e|cy|stories)\.[cm]?[jt]sx?)$/i;
const MINIFIED = /[.-](?:min|bundle|pack|packed|chunk)\.[cm]?js$/i;
const ARCHIVE = /\.(?:zip|jar|war|ear|whl|egg|tar|tgz|gz|7z|rar)$/i;

const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|pipfile\.lock|composer\.lock|cargo\.lock)$/i;

/** Why a file will not be scanned; in the order in which a list shows them. */
export const LEFT_OUT = [
  "Third-party code",
  "Tests",
  "Minified",
  "Language not scanned",
  "Too large",
  "Archive in the archive",
  "No source code",
] as const;
export type LeftOutReason = (typeof LEFT_OUT)[number];

/** What to expect of a file by its name and size: the language it is scanned as, or why not and an example in words. */
export type Expectation = { language: string } | { reason: LeftOutReason; example: string };

/** The scanner decides, also by what is in a file; this is what its name and size already say. */
export function expectOfFile({ path, sizeBytes }: ZipFile): Expectation {
  const ending = endingOf(path);
  const language = LANGUAGES[ending];
  const isOther = OTHER_LANGUAGES.has(ending);
  if (ARCHIVE.test(path)) return { reason: "Archive in the archive", example: `.${ending}` };
  if (!language && !isOther && (LOCK_FILE.test(path) || !SECRETS_ONLY.has(ending))) {
    return { reason: "No source code", example: ending === "" ? "no ending" : `.${ending}` };
  }
  const placed = placeOf(path);
  if (placed) return placed;
  if (isOther) return { reason: "Language not scanned", example: `.${ending}` };
  const most = language ? MAX_SOURCE_BYTES : MAX_SECRETS_BYTES;
  if (sizeBytes > most) return { reason: "Too large", example: path };
  return { language: language ?? SECRETS_ONLY_NAME };
}

function placeOf(path: string): Expectation | null {
  const vendored = THIRD_PARTY.exec(path)?.[1];
  if (vendored) return { reason: "Third-party code", example: `${vendored}/` };
  const tests = TEST_FOLDER.exec(path)?.[1];
  if (tests) return { reason: "Tests", example: `${tests}/` };
  if (TEST_FILE.test(path)) return { reason: "Tests", example: fileOf(path) };
  return MINIFIED.test(path) ? { reason: "Minified", example: fileOf(path) } : null;
}

const fileOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** `.env` and `.env.production` end in `env`. */
function endingOf(path: string): string {
  const file = fileOf(path).toLowerCase();
  if (/^\.env(?:\.|$)/.test(file)) return "env";
  const dot = file.lastIndexOf(".");
  return dot <= 0 ? "" : file.slice(dot + 1);
}
