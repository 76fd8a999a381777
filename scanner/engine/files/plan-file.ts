import type { SkipReason } from "../engine-finding.ts";
import type { Grammar } from "../syntax/language.ts";

/** What to do with a file, by its name and size alone. `null` reason and nothing to do: not code, nobody misses it. */
type FilePlan = {
  grammar: Grammar | null;
  scanSecrets: boolean;
  skip: { reason: SkipReason; detail: string | null } | null;
};

const MAX_SOURCE_BYTES = 1024 ** 2;
/** CodeGuru's own limit for the secrets detector. */
const MAX_SECRETS_BYTES = 100 * 1024;

const GRAMMARS = new Map<string, Grammar>(
  Object.entries({
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
    java: "java",
  } as const),
);

const UNSUPPORTED = new Map(
  Object.entries({
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
  }),
);

const WITH_SECRETS = new Set(
  (
    "py pyw js jsx mjs cjs ts mts cts tsx java cs go rb php html jsp ipynb md rst txt json xml yml yaml toml ini cfg conf cnf cf " +
    "config properties plist env tf hcl tfvars key pem sh"
  ).split(" "),
);

const TEST_FOLDER =
  /(?:^|\/)(?:(?:unit|integration|functional)[_-]?tests?|tests?|__tests__|__mocks__|specs?|e2e|cypress|testing|testdata|test[_-]data|fixtures)\//iu;
const TEST_FILE =
  /(?:^|\/)(?:test_[^/]*\.py|[^/]*_test\.py|tests?\.py|conftest\.py|[^/]*[.-](?:test|spec|e2e|cy|stories)\.[cm]?[jt]sx?|karma\.conf\.js)$/iu;
/** Here the capital letter tells a test from a contest. */
const JAVA_TEST_FILE = /(?:Tests?|IT)\.java$/u;
const THIRD_PARTY_FOLDER =
  /(?:^|\/)(?:node_modules|bower_components|jspm_packages|site-packages|dist-packages|\.?venv|virtualenv|vendors?|third[_-]?party|\.yarn|\.pnpm)\//iu;
/** By the name of a library that nobody calls a file of their own, or by its version. */
const THIRD_PARTY_FILE =
  /(?:^|\/)(?:(?:jquery|bootstrap|angular|lodash|underscore|backbone|moment|d3|handlebars|mustache|knockout|modernizr|raphael|highcharts|codemirror|tinymce|ckeditor|select2|datatables|html5shiv)(?:[.-][^/]*)?|[a-z.-]+-\d+\.\d+(?:\.\d+)?(?:[.-][^/]*)?)\.js$/iu;
const MINIFIED_FILE = /[.-](?:min|bundle|pack|packed|chunk)\.[cm]?js$/iu;
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|pipfile\.lock|composer\.lock|cargo\.lock)$/iu;
const NESTED_ARCHIVE = /\.(?:zip|jar|war|ear|whl|egg|tar|tgz|tar\.gz|7z|rar)$/iu;

/** Decides by path and size; what only the content shows (binary, minified) is decided when it is read. */
export function planFile(path: string, sizeBytes: number): FilePlan {
  const extension = extensionOf(path);
  const grammar = GRAMMARS.get(extension) ?? null;
  const language = UNSUPPORTED.get(extension) ?? null;
  const isCode = grammar !== null || language !== null;
  if (NESTED_ARCHIVE.test(path)) return skipped("nested-archive", "It was not looked into.");
  const hasSecrets = WITH_SECRETS.has(extension) && !LOCK_FILE.test(path);
  if (!isCode && !hasSecrets) return NOTHING;
  const reason = reasonToSkip(path, grammar);
  if (reason !== null) return isCode ? skipped(reason) : NOTHING;
  const maxBytes = isCode ? MAX_SOURCE_BYTES : MAX_SECRETS_BYTES;
  if (sizeBytes > maxBytes) return skipped("too-large", `It is larger than ${maxBytes / 1024} KiB.`);
  const scanSecrets = hasSecrets && sizeBytes <= MAX_SECRETS_BYTES;
  return language === null ? { grammar, scanSecrets, skip: null } : unsupported(language, scanSecrets);
}

function reasonToSkip(path: string, grammar: Grammar | null): SkipReason | null {
  if (THIRD_PARTY_FOLDER.test(path) || THIRD_PARTY_FILE.test(path)) return "third-party";
  if (TEST_FOLDER.test(path) || TEST_FILE.test(path) || JAVA_TEST_FILE.test(path)) return "test-code";
  return grammar !== null && MINIFIED_FILE.test(path) ? "minified" : null;
}

const NOTHING: FilePlan = { grammar: null, scanSecrets: false, skip: null };

function skipped(reason: SkipReason, detail: string | null = null): FilePlan {
  return { grammar: null, scanSecrets: false, skip: { reason, detail } };
}

function unsupported(language: string, scanSecrets: boolean): FilePlan {
  const detail = scanSecrets ? `${language}: only searched for secrets.` : `${language} is not supported.`;
  return { grammar: null, scanSecrets, skip: { reason: "unsupported-language", detail } };
}

/** `.env` and `.env.production` are of the kind `env`, whatever follows. */
function extensionOf(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/^\.env(?:\.|$)/u.test(file)) return "env";
  const dot = file.lastIndexOf(".");
  return dot <= 0 ? "" : file.slice(dot + 1);
}
