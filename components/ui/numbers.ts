const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const percents = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const MINUS = "\u2212";
const NARROW_SPACE = "\u00a0";

/** Thousands with a comma; never shortened. */
export const formatCount = (count: number): string => counts.format(count).replace("-", MINUS);

/** How many there are; a count that stopped early says so: "10,000+". */
export const formatTotal = (total: { count: number; exact: boolean }): string =>
  `${formatCount(total.count)}${total.exact ? "" : "+"}`;

/** Signed, with a true minus; ± only where nothing changed. */
export function formatChange(change: number): string {
  if (change === 0) return "±0";
  return change > 0 ? `+${formatCount(change)}` : formatCount(change);
}

/** A share between 0 and 1 as percent, with one decimal below 10: "94 %", "0.4 %". */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return `< 0.1${NARROW_SPACE}%`;
  return `${percents.format(percent >= 10 ? Math.round(percent) : percent)}${NARROW_SPACE}%`;
}

/** A CVSS score: always one decimal. */
export const formatScore = (score: number): string => score.toFixed(1);

/** "1 finding", "26 findings". */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`;

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** In steps of 1,024, with three figures at most: "4.2 MB". */
export function formatBytes(sizeBytes: number): string {
  const step = sizeBytes < 1 ? 0 : Math.min(Math.floor(Math.log2(sizeBytes) / 10), UNITS.length - 1);
  const size = sizeBytes / 1024 ** step;
  return `${step === 0 || size >= 100 ? Math.round(size) : Number(size.toFixed(1))}${NARROW_SPACE}${UNITS[step]}`;
}

/** A long identifier by its head and tail: "sha256:9f2c…e41b". The whole goes into `title` and what is copied. */
export function shortenMiddle(text: string, head = 12, tail = 6): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}
