import { cvssBaseScore } from "../cvss.ts";
import { severityOfScore, type Vulnerability } from "../vulnerability.ts";
import type { Assessment } from "./finding.ts";
import { type Random, randomFrom } from "./random.ts";
import { DAY } from "./time.ts";

type Year = { seed: string; start: number; end: number };

/**
 * How the world judges a vulnerability over the year, ending with the facts: some wait for their first score,
 * some are scored again, for some an exploit appears, and the EPSS score drifts.
 */
export function assessmentsOf(vulnerability: Vulnerability, year: Year): [Assessment, ...Assessment[]] {
  const random = randomFrom(`${year.seed}/assessments/${vulnerability.id}`);
  const facts = assessmentOf(vulnerability.cvssVector, vulnerability.epssScore, vulnerability.exploitAvailable);
  const changes: { at: number; before: Partial<Assessment> }[] = [];
  const sometime = () => Math.round(random.between(year.start + 10 * DAY, year.end - 5 * DAY));

  const fate = random.next();
  // Some are still waiting when the year ends.
  if (fate < 0.05)
    changes.push({
      at: Math.round(random.between(year.start, year.end + 90 * DAY)),
      before: { severity: "UNTRIAGED", vector: null, score: null },
    });
  else if (fate < 0.14)
    changes.push({ at: sometime(), before: scoredAs(preliminary(vulnerability.cvssVector, random)) });
  const exploitedAt = Date.parse(vulnerability.knownExploitedOn ?? "1970-01-01");
  if (exploitedAt > year.start || (vulnerability.exploitAvailable && random.chance(0.12))) {
    changes.push({
      at: exploitedAt > year.start ? exploitedAt : sometime(),
      before: { exploitAvailable: false, epssScore: rounded(facts.epssScore, 0.2) },
    });
  }
  for (let drifts = random.int(0, 2); drifts > 0; drifts--) {
    changes.push({ at: sometime(), before: { epssScore: rounded(facts.epssScore, random.between(0.6, 1.1)) } });
  }
  // Walking back from the facts: what held before a change is what holds after it, with its `before` undone.
  const timeline: Assessment[] = [];
  let after: Assessment = facts;
  for (const change of changes.sort((a, b) => b.at - a.at)) {
    timeline.unshift({ ...after, at: change.at });
    after = { ...after, ...change.before };
  }
  return [after, ...timeline];
}

function assessmentOf(
  vector: string,
  epssScore: number,
  exploitAvailable: boolean,
): Assessment & { epssScore: number } {
  return { at: Number.NEGATIVE_INFINITY, ...scoredAs(vector), epssScore, exploitAvailable };
}

function scoredAs(vector: string): Pick<Assessment, "severity" | "vector" | "score"> {
  const score = cvssBaseScore(vector);
  return { severity: severityOfScore(score), vector, score };
}

/** The vector as a first, rough analysis might have had it: one metric another way. */
function preliminary(vector: string, random: Random): string {
  const swaps: [string, string][] = [
    ["/AC:L", "/AC:H"],
    ["/PR:N", "/PR:L"],
    ["/AC:H", "/AC:L"],
    ["/PR:L", "/PR:N"],
  ];
  const [from, to] = random.pick(swaps.filter(([metric]) => vector.includes(metric)));
  return vector.replace(from, to);
}

function rounded(score: number, factor: number): number {
  return Math.min(0.999, Math.max(0.0005, Math.round(score * factor * 10_000) / 10_000));
}
