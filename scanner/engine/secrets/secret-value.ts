const SECRET_NAME =
  /(?:^|[_\-.\s])(?:pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?key)?|(?:api|access|auth|private|encryption|signing|secret|client)[_-]?(?:key|secret|token)|(?:auth|access|bearer|refresh|github|slack|jwt)[_-]?token|credentials?|jwt[_-]?secret|cookie[_-]?secret|session[_-]?secret|connection[_-]?string|account[_-]?key)(?:[_-]?(?:key|value|string|default|prod|production|test|dev|local|db|root|admin|aws))?$/iu;
const NAME_OF_SOMETHING_ELSE =
  /(?:public|example|placeholder|label|hint|prompt|title|message|error|regex|pattern|field|name|path|file|url|uri|header|policy|length|type|format|column|param|selector|reset|forgot|change|confirm|invalid|wrong|missing|required|input|form|class|css|id)[_-]?|(?:[_-]?(?:name|path|file|url|uri|header|id|field|label|hint|type|param|error|message|prompt|length|regex|pattern|env|var))$/iu;
const PLACEHOLDER =
  /^(?:change[_-]?me.*|your[_-].*|my[_-]?(?:pass(?:word)?|secret|key|token)|example.*|placeholder.*|dummy.*|todo|none|null|undefined|true|false|n\/?a|xx+.*|\*+|\.{3,}|-+|password|passwd|secret|token|string|text|redacted.*|removed|empty|default|required|optional|some[_-].*|insert[_-].*|enter[_-].*|replace[_-].*|fake.*|mock.*|test|testing|<.*>|\[.*\]|\{.*\}|\$\{?.*|%.*%?|@.*@|process\.env.*|os\.environ.*|env\..*|file:.*|https?:\/\/[^:@]*|\/.*|\.\.?\/.*)$/iu;

/** `camelCase` and `PascalCase` as `snake_case`, so that one pattern reads all. */
function toWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/gu, "$1_$2");
}

/** Whether a text under that name looks like a real secret, and not like a label, a placeholder or a reference. */
export function isSecretNamed(name: string, text: string): boolean {
  const words = toWords(name);
  if (!SECRET_NAME.test(words) || NAME_OF_SOMETHING_ELSE.test(words)) return false;
  if (OF_MACHINES.test(words) && PLAIN_WORD.test(text)) return false;
  return toPlain(name) !== toPlain(text) && looksSecret(text);
}

/** People choose words as passwords; a token is made by a machine, and a word in its place says what is the case. */
const OF_MACHINES = /token$/iu;
const PLAIN_WORD = /^[a-z]+(?:[A-Z][a-z]+)*$/u;

function toPlain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/gu, "");
}

/** Whether a text could be a secret at all: dense, not a sentence, not a stand-in, not the name of a thing. */
export function looksSecret(text: string): boolean {
  if (text.length < 4 || text.length > 512 || /\s/u.test(text)) return false;
  if (PLACEHOLDER.test(text) || !/^[\x21-\x7e]+$/u.test(text)) return false;
  // One word of a sentence.
  if (/^[A-Z][a-z]+[.!?]$/u.test(text)) return false;
  // A version, as in a list of dependencies.
  if (/^[\^~>=<v]*\d+(?:\.[\dx*]+)+[-\w.]*$/u.test(text)) return false;
  // `db_password`, `user-secret`, `access.token`: the name of a setting, not its value.
  if (/^[a-z]+(?:[_.:-][a-z]+)+$/iu.test(text) && SECRET_NAME.test(text)) return false;
  return new Set(text).size >= 3;
}
