import type { SkipReason } from "../engine-finding.ts";
import type { Grammar } from "../syntax/language.ts";

/** What to do with a file, by its name and size alone. `null` reason and nothing to do: not code, nobody misses it. */
export type FilePlan = {
  grammar: Grammar | null;
  scanSecrets: boolean;
  skip: { reason: SkipReason; detail: string | null } | null;
};

export const MAX_SOURCE_BYTES = 1024 ** 2;
/** CodeGuru's own limit for the secrets detector. */
const MAX_SECRETS_BYTES = 100 * 1024;

const GRAMMARS: Record<string, Grammar> = {
  py: "python",
  pyw: "python",
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "tsx",
};

const UNSUPPORTED: Record<string, string> = {
  java: "Java",
  kt: "Kotlin",
  kts: "Kotlin",
  scala: "Scala",
  groovy: "Groovy",
  go: "Go",
  rb: "Ruby",
  erb: "Ruby",
  php: "PHP",
  cs: "C#",
  vb: "Visual Basic",
  c: "C",
  h: "C",
  cc: "C++",
  cpp: "C++",
  cxx: "C++",
  hpp: "C++",
  rs: "Rust",
  swift: "Swift",
  m: "Objective-C",
  mm: "Objective-C",
  sh: "Shell",
  bash: "Shell",
  ps1: "PowerShell",
  pl: "Perl",
  pm: "Perl",
  lua: "Lua",
  r: "R",
  dart: "Dart",
  ex: "Elixir",
  exs: "Elixir",
  clj: "Clojure",
  tf: "Terraform",
  hcl: "Terraform",
  vue: "Vue",
  svelte: "Svelte",
  ipynb: "Jupyter",
  jsp: "JSP",
  sql: "SQL",
  ejs: "EJS",
};

const WITH_SECRETS = new Set(
  (
    "py pyw js jsx mjs cjs ts mts cts tsx java cs go rb php html jsp ipynb md rst txt json xml yml yaml toml ini cfg conf cnf cf " +
    "config properties plist env tf hcl tfvars key pem sh"
  ).split(" "),
);

const TEST_FOLDER =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|cypress|testing|testdata|test[_-]data|fixtures)\//iu;
const TEST_FILE =
  /(?:^|\/)(?:test_[^/]*\.py|[^/]*_test\.py|tests?\.py|conftest\.py|[^/]*[.-](?:test|spec|e2e|cy|stories)\.[cm]?[jt]sx?|karma\.conf\.js)$/iu;
const THIRD_PARTY_FOLDER =
  /(?:^|\/)(?:node_modules|bower_components|jspm_packages|site-packages|dist-packages|\.?venv|virtualenv|vendors?|third[_-]?party|\.yarn|\.pnpm)\//iu;
const THIRD_PARTY_FILE =
  /(?:^|\/)(?:jquery|bootstrap|angular|react|react-dom|vue|lodash|underscore|backbone|moment|d3|ember|handlebars|mustache|knockout|modernizr|require|raphael|morris|chart|highcharts|ace|codemirror|tinymce|ckeditor|select2|datatables?|popper|three|socket\.io|html5shiv|respond)(?:[.-][^/]*)?\.js$/iu;
const MINIFIED_FILE = /[.-](?:min|bundle|pack|packed|chunk)\.[cm]?js$/iu;
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|pipfile\.lock|composer\.lock|cargo\.lock)$/iu;
const NESTED_ARCHIVE = /\.(?:zip|jar|war|ear|whl|egg|tar|tgz|tar\.gz|7z|rar)$/iu;
const NO_FINDINGS_HERE = "It was not looked into.";

/** Decides by path and size; what only the content shows (binary, minified) is decided when it is read. */
export function planFile(path: string, sizeBytes: number): FilePlan {
  const extension = extensionOf(path);
  const grammar = GRAMMARS[extension] ?? null;
  const language = UNSUPPORTED[extension];
  const hasSecrets = WITH_SECRETS.has(extension) && !LOCK_FILE.test(path);
  if (NESTED_ARCHIVE.test(path)) return skipped("nested-archive", NO_FINDINGS_HERE);
  if (grammar === null && language === undefined && !hasSecrets)
    return { grammar: null, scanSecrets: false, skip: null };
  const isCode = grammar !== null || language !== undefined;
  if (THIRD_PARTY_FOLDER.test(path) || THIRD_PARTY_FILE.test(path)) return isCode ? skipped("third-party") : nothing();
  if (TEST_FOLDER.test(path) || TEST_FILE.test(path)) return isCode ? skipped("test-code") : nothing();
  if (grammar !== null && MINIFIED_FILE.test(path)) return skipped("minified");
  if (isCode && sizeBytes > MAX_SOURCE_BYTES)
    return skipped("too-large", `It is larger than ${MAX_SOURCE_BYTES} bytes.`);
  const scanSecrets = hasSecrets && sizeBytes <= MAX_SECRETS_BYTES;
  if (language === undefined) return { grammar, scanSecrets, skip: null };
  const detail = scanSecrets ? `${language}: only searched for secrets.` : `${language} is not supported.`;
  return { grammar: null, scanSecrets, skip: { reason: "unsupported-language", detail } };
}

function skipped(reason: SkipReason, detail: string | null = null): FilePlan {
  return { grammar: null, scanSecrets: false, skip: { reason, detail } };
}

function nothing(): FilePlan {
  return { grammar: null, scanSecrets: false, skip: null };
}

/** `.env` and `.env.production` are of the kind `env`, whatever follows. */
function extensionOf(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/^\.env(?:\.|$)/u.test(file)) return "env";
  const dot = file.lastIndexOf(".");
  return dot <= 0 ? "" : file.slice(dot + 1);
}
