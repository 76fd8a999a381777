import type { Hit } from "../interpret/run.ts";
import type { CompiledRules } from "../rules/compiled-rules.ts";
import { FAMILY, type Grammar } from "../syntax/language.ts";
import { secretSeverity } from "./secret-severity.ts";
import { isSecretNamed, looksSecret } from "./secret-value.ts";

/** Shapes that are secrets wherever they stand. Each is linear in the line's length. */
const KNOWN_SHAPES: RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/u,
  /-----BEGIN (?:RSA |EC |DSA |OPENSSH |PGP |ENCRYPTED )?PRIVATE KEY(?: BLOCK)?-----/u,
  /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/u,
  /\bgithub_pat_[A-Za-z0-9_]{60,255}\b/u,
  /\bglpat-[A-Za-z0-9_-]{20,64}\b/u,
  /\bxox[abprs]-[A-Za-z0-9-]{20,250}\b/u,
  /\b[sr]k_live_[A-Za-z0-9]{16,128}\b/u,
  /\bAIza[0-9A-Za-z_-]{35}\b/u,
  /\bnpm_[A-Za-z0-9]{36}\b/u,
  /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b/u,
  /\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10,1000}\.[A-Za-z0-9_-]{20,500}\b/u,
];
/** `scheme://user:password@host`. */
const IN_ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/@'"<>{}$]{0,64}):([^\s:/@'"<>{}$]{3,128})@[a-z0-9.-]+/iu;
const CONNECTION = /\b(?:host|server|dbname|database|user|uid|user id|data source)\s*=/iu;
const IN_CONNECTION = /["'`][^"'`]*\b(?:password|pwd)\s*=\s*([^\s;'"`&{}()[\]$<>]{4,128})[^"'`]*["'`]/iu;
const IN_HEADER = /\b(?:Bearer|Basic)\s+([A-Za-z0-9+/._-]{20,512})={0,2}["'`\s]/u;
const SETTING =
  /^\s*(?:export\s+|set\s+|-\s+)?["']?([A-Za-z][\w.-]{1,80})["']?\s*[:=]\s*(?:"([^"\n]{4,512})"|'([^'\n]{4,512})'|([^\s"'#,;]{4,512}))\s*[,;]?\s*(?:#.*)?$/u;
const ELEMENT = /<([A-Za-z][\w.-]{1,80})>([^<\s]{4,512})<\//u;
const MAX_LINE = 2_000;

/** Files whose lines are settings; in code the interpreter looks at names. */
const SETTINGS_FILE =
  /\.(?:ya?ml|json|toml|ini|cfg|conf|cnf|cf|config|properties|plist|xml|tfvars|tf|hcl)$|(?:^|\/)\.env[^/]*$|\.env$/iu;
const EXAMPLE_FILE = /(?:^|[./_-])(?:example|sample|template|dist|schema)(?:[./_-]|$)/iu;
const DOCUMENT = /\.(?:md|rst|txt|html)$/iu;

/** Words that people read, in some language. */
const TRANSLATIONS = /(?:^|\/)(?:lang|langs|languages?|locales?|i18n|l10n|translations?|messages)\//iu;
/** In settings a short plain word is mostly a stand-in for a local machine. */
function isTelling(text: string): boolean {
  return text.length >= 12 || (text.length >= 6 && /[^a-z]/u.test(text));
}

/** Searches a text line by line for secrets by shape, and in settings files by name. */
export function findSecrets(
  file: { path: string; text: string; grammar: Grammar | null },
  rules: CompiledRules,
): Hit[] {
  const { secretDetector: detector } = rules.languages[file.grammar === null ? "text" : FAMILY[file.grammar]];
  if (detector === null) return [];
  const hits: Hit[] = [];
  let start = 0;
  const lines = file.text.split("\n");
  for (const [index, line] of lines.entries()) {
    const place = { path: file.path, line: index + 1, endLine: index + 1, start, end: start + line.length };
    start += line.length + 1;
    const isSearched = line.length <= MAX_LINE && !isBareHeader(line, lines[index + 1] ?? "");
    const secret = isSearched ? secretIn(line, file.path) : null;
    if (secret === null) continue;
    const severity = secretSeverity({ ...secret, path: file.path });
    hits.push({ detector, place, taint: null, severity });
  }
  return hits;
}

/** A private key's first line in quotes, and no key behind it: the program looks for keys, or puts them together. */
function isBareHeader(line: string, next: string): boolean {
  return /PRIVATE KEY(?: BLOCK)?-----(?:\\[nr])*["'`]/u.test(line) && !/[A-Za-z0-9+/]{40}/u.test(next);
}

/** The secret of a line; `hasShape` if it has the form that a service gives its credentials. */
type Secret = { text: string; hasShape: boolean };

function secretIn(line: string, path: string): Secret | null {
  if (EXAMPLE_FILE.test(path)) return null;
  const shaped = KNOWN_SHAPES.map((shape) => shape.exec(line)?.[0]).find((text) => text !== undefined);
  if (shaped !== undefined && !/example/iu.test(line)) return { text: shaped, hasShape: true };
  if (DOCUMENT.test(path)) return null;
  const text = inAddress(line) ?? inConnection(line) ?? (isSettings(path) ? inSetting(line) : null);
  return text === null ? null : { text, hasShape: false };
}

function isSettings(path: string): boolean {
  return SETTINGS_FILE.test(path) && !TRANSLATIONS.test(path);
}

function inAddress(line: string): string | null {
  const [, user, password] = IN_ADDRESS.exec(line) ?? [];
  return password !== undefined && password !== user && looksSecret(password) ? password : null;
}

/** `host=db password=…`, `Authorization: Bearer …`. */
function inConnection(line: string): string | null {
  const [text = "", password = ""] = IN_CONNECTION.exec(line) ?? [];
  if (CONNECTION.test(text) && isTelling(password) && looksSecret(password)) return password;
  const [, token] = IN_HEADER.exec(line) ?? [];
  return token !== undefined && /\d/u.test(token) && looksSecret(token) ? token : null;
}

function inSetting(line: string): string | null {
  const [, name = "", double, single, bare] = SETTING.exec(line) ?? [];
  const value = double ?? single ?? bare;
  if (value !== undefined && isTelling(value) && isSecretNamed(name, value)) return value;
  const [, element = "", inner] = ELEMENT.exec(line) ?? [];
  return inner !== undefined && isSecretNamed(element, inner) ? inner : null;
}
