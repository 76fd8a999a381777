/** A pattern that describes the whole text and lets through nothing that could mean more than a word or a number. */
export function isNarrow(pattern: string): boolean {
  const isWhole = /^(?:\\A|\^)/u.test(pattern) && /(?:\\Z|\\z|\$)$/u.test(pattern);
  const withoutEscapes = pattern.replace(/\\[.\-\w]/gu, (escaped) => (/\\[WSD]/u.test(escaped) ? "." : ""));
  return isWhole && !/\.[*+{]|\[\^|['";<>`$|&](?!$)/u.test(withoutEscapes);
}

/** A pattern of addresses that begin with one slash: a second one, or a backslash, would lead to another host. */
export function isOfOwnSite(pattern: string): boolean {
  return /^(?:\\A|\^)\\?\/(?:\(\?!\\?\/|\(\?!\[|\[(?:\^\\?[/\\]|[\w\\-])|\\w|\w|\$)/u.test(pattern);
}
