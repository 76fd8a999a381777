import type { Account, Region } from "./accounts.ts";
import type { CodeProblems } from "./code-problems.ts";
import type { Finding, Problem, Resource, Unscanned } from "./finding.ts";
import { type Life, livesOf, type Span } from "./life.ts";
import type { PackageProblems } from "./package-problems.ts";
import { hexOf, type Random, randomFrom } from "./random.ts";
import { DAY, HOUR, NEVER } from "./time.ts";

export type Year = { seed: string; start: number; end: number };

/** What every kind of workload is made from. */
export type Site = {
  name: string;
  account: Account;
  region: Region;
  year: Year;
  random: Random;
  /** About how many findings this workload shall have in its life. */
  budget: number;
  packageProblems: PackageProblems;
  codeProblems: CodeProblems;
};

/** What a team runs: its resources over the year, and what Inspector finds on them. */
export type Workload = { resources: Resource[]; findings: Finding[] };

/** The findings of one problem on one resource; more than one when it comes back late. */
export function findingsOf(site: Site, resource: Resource, problem: Problem, spans: readonly Span[]): Finding[] {
  const key = `${site.year.seed}/${resource.accountId}/${resource.region}/${resource.id}/${problem.key}`;
  const random = randomFrom(key);
  const appearedAt = Math.max(resource.bornAt, site.account.joinedAt);
  const present = noticed(spans, resource.unscanned)
    .map(({ from, to }) => ({ from: Math.max(from, appearedAt), to }))
    .filter(({ from, to }) => from < to);
  const lag = Math.round(random.between(0.1 * HOUR, 9 * HOUR));
  return livesOf(present, lag, resource.goneAt, suppressionOf(site, problem))
    .filter((life) => isSeenIn(life, site.year))
    .map((life, index) => ({ arn: arnOf(resource, `${key}/${index}`), resource, problem, life }));
}

/** What a scanner notices that stops scanning: nothing new, and no repair either. */
function noticed(spans: readonly Span[], unscanned: Unscanned | null): readonly Span[] {
  if (unscanned === null) return spans;
  return spans
    .filter(({ from }) => from < unscanned.from)
    .map(({ from, to }) => {
      if (to <= unscanned.from) return { from, to };
      return { from, to: unscanned.closesFindings ? unscanned.from : NEVER };
    });
}

function isSeenIn(life: Life, { start, end }: Year): boolean {
  const first = life.changes[0];
  return first !== undefined && first.at < end && life.deletedAt > start;
}

function arnOf(resource: Resource, name: string): string {
  return `arn:aws:inspector2:${resource.region}:${resource.accountId}:finding/${hexOf(name, 32)}`;
}

/** A suppression rule of the account that covers this problem, for some problems and for some time. */
function suppressionOf({ account, year }: Site, problem: Problem): Span | null {
  const random = randomFrom(`${year.seed}/${account.id}/suppression/${problem.key}`);
  if (!random.chance(0.035)) return null;
  const from = Math.round(random.between(year.start - 30 * DAY, year.end - 20 * DAY));
  return {
    from,
    to: random.chance(0.3) ? Math.round(from + random.between(14 * DAY, 90 * DAY)) : NEVER,
  };
}
