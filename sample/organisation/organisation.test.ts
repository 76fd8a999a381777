import fc from "fast-check";
import { expect, test } from "vitest";
import { seenAt } from "../api/seen-finding.ts";
import { generateOrganisation } from "./organisation.ts";
import { DAY, HOUR, WEEK } from "./time.ts";

const end = Date.parse("2026-11-01T00:00:00Z");
const generate = (options: { seed?: string; size?: number }) =>
  generateOrganisation({ seed: "a-seed", size: 3000, end, ...options });
const organisation = generate({});
const { findings, resources, start } = organisation;
const anInstant = fc.integer({ min: start, max: end });

test("the same seed gives the same organisation, another seed another one", () => {
  const asText = (seed: string) => {
    const { accounts, resources, findings } = generate({ seed, size: 1000 });
    return JSON.stringify([accounts, resources, findings.map(({ arn, life }) => [arn, life])]);
  };
  expect(asText("a-seed")).toBe(asText("a-seed"));
  expect(asText("a-seed")).not.toBe(asText("another-seed"));
});

test("the accounts are the same in an organisation of any size", () => {
  expect(generate({ size: 1000 }).accounts).toEqual(organisation.accounts);
});

test.each([1000, 3000])("of %d findings asked for it has that many, or a few more", (size) => {
  const { findings: generated } = generate({ size });
  expect(generated.length).toBeGreaterThanOrEqual(size);
  expect(generated.length).toBeLessThan(size * 1.05);
});

test("at least twelve accounts have findings in each of three regions", () => {
  const places = Map.groupBy(findings, ({ resource }) => resource.accountId);
  const spread = [...places.values()].filter((own) => new Set(own.map(({ resource }) => resource.region)).size === 3);
  expect(spread.length).toBeGreaterThanOrEqual(12);
});

test("findings and resources have identities of their own", () => {
  expect(new Set(findings.map(({ arn }) => arn)).size).toBe(findings.length);
  expect(new Set(resources.map(({ id }) => id)).size).toBe(resources.length);
  for (const { arn } of findings) expect(arn).toMatch(/^arn:aws:inspector2:[a-z-]+-\d:\d{12}:finding\/[a-f0-9]{32}$/);
});

test("the account that joins in week 20 has nothing before", () => {
  const late = organisation.accounts.find(({ joinedAt }) => joinedAt === start + 20 * WEEK);
  const own = findings.filter(({ resource }) => resource.accountId === late?.id);
  expect(own.length).toBeGreaterThan(20);
  for (const { life } of own) expect(life.changes[0]?.at).toBeGreaterThanOrEqual(start + 20 * WEEK);
});

test("at the end about a third is open, a few percent critical, with every type, severity and status", () => {
  const seen = generate({ size: 20_000 }).findings.flatMap((finding) => seenAt(finding, end) ?? []);
  const active = seen.filter(({ status }) => status === "ACTIVE");
  const share = (severity: string) =>
    active.filter(({ assessment }) => assessment.severity === severity).length / active.length;
  expect(active.length).toBeGreaterThan(5_500);
  expect(active.length).toBeLessThan(7_500);
  expect(share("CRITICAL")).toBeGreaterThan(0.02);
  expect(share("CRITICAL")).toBeLessThan(0.08);
  expect(new Set(seen.map(({ status }) => status)).size).toBe(3);
  expect(new Set(active.map(({ finding }) => finding.problem.type)).size).toBe(3);
  expect(new Set(active.map(({ assessment }) => assessment.severity)).size).toBe(6);
  expect(new Set(active.map(({ finding }) => finding.resource.type)).size).toBe(6);
});

test("problems are in the same image repository on several digests", () => {
  const images = findings.filter(({ resource }) => resource.type === "AWS_ECR_CONTAINER_IMAGE");
  const digestsOf = Map.groupBy(
    images,
    ({ resource, problem }) => `${resource.id.split("/sha256:")[0]} ${problem.key}`,
  );
  const repeated = [...digestsOf.values()].filter((own) => new Set(own.map(({ resource }) => resource.id)).size > 1);
  expect(repeated.length).toBeGreaterThan(50);
});

test("no finding is older than its vulnerability's publication or its resource", () => {
  for (const { life, problem, resource } of findings) {
    const firstObservedAt = life.changes[0]?.at ?? 0;
    expect(firstObservedAt).toBeGreaterThanOrEqual(Date.parse(problem.vulnerability?.publishedOn ?? "1970-01-01"));
    expect(firstObservedAt).toBeGreaterThanOrEqual(resource.bornAt);
  }
});

test("at any instant nothing is of the future, and a closed finding is at most 30 days old", () => {
  fc.assert(
    fc.property(anInstant, (instant) => {
      for (const seen of findings.flatMap((finding) => seenAt(finding, instant) ?? [])) {
        expect(seen.firstObservedAt).toBeLessThanOrEqual(seen.lastObservedAt);
        expect(seen.lastObservedAt).toBeLessThanOrEqual(seen.updatedAt);
        expect(seen.updatedAt).toBeLessThanOrEqual(instant);
        if (seen.status === "CLOSED") expect(instant - seen.updatedAt).toBeLessThan(30 * DAY);
      }
    }),
    { numRuns: 12 },
  );
});

test("a finding of a resource that is gone vanishes within 4 days", () => {
  fc.assert(
    fc.property(anInstant, (instant) => {
      for (const finding of findings) {
        const { goneAt } = finding.resource;
        const seen = seenAt(finding, instant);
        // Noticed within half a day; what was closed before for another reason keeps its 30 days.
        if (seen === null || goneAt + 12 * HOUR > instant) continue;
        expect(seen.status).toBe("CLOSED");
        if (seen.updatedAt >= goneAt) expect(instant - goneAt).toBeLessThan(4 * DAY);
      }
    }),
    { numRuns: 12 },
  );
});

test("whatever changes between two instants moves updatedAt past the first", () => {
  fc.assert(
    fc.property(anInstant, anInstant, (one, other) => {
      const [before, after] = [Math.min(one, other), Math.max(one, other)];
      for (const finding of findings) {
        const [old, now] = [seenAt(finding, before), seenAt(finding, after)];
        if (old === null || now === null) continue;
        const isSame = old.status === now.status && old.assessment === now.assessment;
        if (!isSame) expect(now.updatedAt).toBeGreaterThan(before);
        else if (now.updatedAt <= before) expect(now).toEqual(old);
      }
    }),
    { numRuns: 12 },
  );
});

test("findings reopen within 7 days only; a problem that is back later has another ARN", () => {
  let reopened = 0;
  for (const { life } of findings) {
    for (const [index, { at, status }] of life.changes.entries()) {
      const next = life.changes[index + 1];
      if (status !== "CLOSED" || next === undefined) continue;
      reopened += 1;
      expect(next.at - at).toBeLessThanOrEqual(7 * DAY);
    }
  }
  const sameProblem = Map.groupBy(findings, ({ resource, problem }) => `${resource.id} ${problem.key}`);
  expect(reopened).toBeGreaterThan(5);
  expect([...sameProblem.values()].filter(({ length }) => length > 1).length).toBeGreaterThan(5);
});

test("some vulnerabilities are scored again, some get an exploit, and all end with the facts", () => {
  const problems = new Set(findings.map(({ problem }) => problem));
  const timelines = [...problems].map(({ assessments }) => assessments);
  const differs = (read: (each: (typeof timelines)[number][number]) => unknown) =>
    timelines.filter((own) => new Set(own.map(read)).size > 1).length;
  expect(differs(({ severity }) => severity)).toBeGreaterThan(20);
  expect(differs(({ score }) => score)).toBeGreaterThan(20);
  expect(differs(({ exploitAvailable }) => exploitAvailable)).toBeGreaterThan(5);
  expect(differs(({ epssScore }) => epssScore)).toBeGreaterThan(20);
  for (const { vulnerability, assessments } of problems) {
    expect(assessments.at(-1)?.exploitAvailable).toBe(vulnerability?.exploitAvailable ?? false);
    expect(assessments.at(-1)?.vector).toBe(vulnerability?.cvssVector ?? null);
  }
});
