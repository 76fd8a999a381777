import type { EpssScore, ReadFeed } from "#lib/domain/feed.ts";
import { feedError } from "./feed-error.ts";
import { openList } from "./open-list.ts";
import { refuseMostlyUnreadable } from "./readable-share.ts";

/** A line holds an identifier and two numbers. */
const LONGEST_LINE = 1_000;
const CVE = /^CVE-\d{4}-\d{4,19}$/;
const DATE = /(?:^|,)score_date:([^,]+)/;

/**
 * FIRST's EPSS of a day: a line on the model and the day, one that names the columns, then one a vulnerability
 * (https://www.first.org/epss/data_stats). A line that is not as it should be is skipped and counted. Throws
 * SourceError when it cannot be had, or is no such list.
 */
export async function readEpss(location: string, signal: AbortSignal): Promise<ReadFeed<EpssScore>> {
  const list = openList(location, signal);
  const scores = new Map<string, EpssScore>();
  let publishedAt: Date | null = null;
  let toScore: ReturnType<typeof scoreReader> | null = null;
  let [lines, skipped] = [0, 0];
  for await (const line of readLines(list.chunks)) {
    if (line === "") continue;
    if (toScore === null && line.startsWith("#")) publishedAt = toDate(line.slice(1));
    else if (toScore === null) toScore = scoreReader(line);
    else {
      lines += 1;
      const score = toScore(line);
      if (score) scores.set(score.cve, score);
      else skipped += 1;
    }
  }
  if (publishedAt === null) throw notScores("it names no score_date");
  if (toScore === null) throw notScores("it names no columns");
  refuseMostlyUnreadable(lines, skipped);
  return { publishedAt, digest: list.digest(), entries: [...scores.values()], skipped };
}

const notScores = (fault: string) =>
  feedError("bad-answer", `What lies there is not FIRST's EPSS list (${fault}). Nothing was changed.`);

function toDate(comment: string): Date | null {
  const at = new Date(DATE.exec(comment)?.[1] ?? "");
  return Number.isNaN(at.getTime()) ? null : at;
}

function scoreReader(head: string): (line: string) => EpssScore | null {
  const names = head.split(",").map((name) => name.trim());
  const at = { cve: names.indexOf("cve"), epss: names.indexOf("epss"), percentile: names.indexOf("percentile") };
  if (at.cve < 0 || at.epss < 0) throw notScores("its columns are not cve and epss");
  return (line) => {
    const cells = line.split(",");
    const cve = cells[at.cve] ?? "";
    const epss = toShare(cells[at.epss]);
    if (!CVE.test(cve) || epss === null) return null;
    return { cve, epss, percentile: toShare(cells[at.percentile]) };
  };
}

function toShare(text: string | undefined): number | null {
  if (text === undefined || text.trim() === "") return null;
  const share = Number(text);
  return share >= 0 && share <= 1 ? share : null;
}

async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) throw notScores("a line of it does not end");
    yield* lines;
  }
  yield rest + decoder.decode();
}
