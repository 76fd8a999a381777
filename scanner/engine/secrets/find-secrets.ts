import type { Hit } from "../interpret/run.ts";
import type { CompiledRules } from "../rules/compiled-rules.ts";
import { FAMILY, type Grammar } from "../syntax/language.ts";
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
const IN_ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/@'"<>{}$]{1,64}):([^\s:/@'"<>{}$]{3,128})@[a-z0-9.-]+/iu;
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
  for (const [index, line] of file.text.split("\n").entries()) {
    const place = { path: file.path, line: index + 1, endLine: index + 1, start, end: start + line.length };
    start += line.length + 1;
    if (line.length <= MAX_LINE && isSecretLine(line, file.path)) hits.push({ detector, place, taint: null });
  }
  return hits;
}

function isSecretLine(line: string, path: string): boolean {
  if (EXAMPLE_FILE.test(path)) return false;
  if (KNOWN_SHAPES.some((shape) => shape.test(line)) && !/example/iu.test(line)) return true;
  if (DOCUMENT.test(path)) return false;
  const [, user, password] = IN_ADDRESS.exec(line) ?? [];
  if (password !== undefined && password !== user && looksSecret(password)) return true;
  if (!SETTINGS_FILE.test(path) || TRANSLATIONS.test(path)) return false;
  const [, name = "", double, single, bare] = SETTING.exec(line) ?? [];
  const value = double ?? single ?? bare;
  if (value !== undefined && isTelling(value) && isSecretNamed(name, value)) return true;
  const [, element = "", inner] = ELEMENT.exec(line) ?? [];
  return inner !== undefined && isSecretNamed(element, inner);
}
