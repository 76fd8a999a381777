import { z } from "zod";
import { invalidField } from "./errors.ts";
import type { SeenFinding } from "./seen-finding.ts";

const stringFilters = z
  .array(z.strictObject({ comparison: z.enum(["EQUALS", "PREFIX", "NOT_EQUALS"]), value: z.string().min(1).max(1024) }))
  .min(1)
  .max(10);
/** Instants in a request body are seconds since 1970. */
const dateFilters = z
  .array(z.strictObject({ startInclusive: z.number().optional(), endInclusive: z.number().optional() }))
  .min(1)
  .max(10);
const numberFilters = z
  .array(z.strictObject({ lowerInclusive: z.number().optional(), upperInclusive: z.number().optional() }))
  .min(1)
  .max(10);

type Test = (seen: SeenFinding) => boolean;
type Criterion = (filters: unknown, name: string) => Test;

const CRITERIA: Record<string, Criterion> = {
  findingArn: matching(({ finding }) => finding.arn),
  awsAccountId: matching(({ finding }) => finding.resource.accountId),
  findingStatus: matching(({ status }) => status),
  findingType: matching(({ finding }) => finding.problem.type),
  severity: matching(({ assessment }) => assessment.severity),
  resourceType: matching(({ finding }) => finding.resource.type),
  resourceId: matching(({ finding }) => finding.resource.id),
  vulnerabilityId: matching(({ finding }) => finding.problem.vulnerability?.id),
  fixAvailable: matching(({ finding }) => finding.problem.fixAvailable ?? undefined),
  exploitAvailable: matching(exploitAvailableOf),
  updatedAt: within(({ updatedAt }) => updatedAt),
  firstObservedAt: within(({ firstObservedAt }) => firstObservedAt),
  lastObservedAt: within(({ lastObservedAt }) => lastObservedAt),
  inspectorScore: between(({ assessment }) => assessment.score),
  epssScore: between(({ assessment }) => assessment.epssScore),
};

/**
 * A test for `filterCriteria`: every criterion must hold, and within one any of its filters (but every
 * NOT_EQUALS). Throws ApiError that names a criterion which is wrong or which the sample does not know.
 */
export function findingFilter(criteria: Record<string, unknown>): Test {
  const tests = Object.entries(criteria).map(([name, filters]) => {
    const criterion = Object.hasOwn(CRITERIA, name) ? CRITERIA[name] : undefined;
    const path = `filterCriteria.${name}`;
    if (criterion === undefined) throw invalidField(path, "The sample does not support this criterion");
    return criterion(filters, path);
  });
  return (seen) => tests.every((test) => test(seen));
}

function matching(read: (seen: SeenFinding) => string | undefined): Criterion {
  return (filters, name) => {
    const parsed = parse(stringFilters, filters, name);
    const forbidden = new Set(parsed.filter(({ comparison }) => comparison === "NOT_EQUALS").map(({ value }) => value));
    const wanted = parsed.filter(({ comparison }) => comparison !== "NOT_EQUALS");
    return (seen) => {
      const value = read(seen);
      if (value !== undefined && forbidden.has(value)) return false;
      if (wanted.length === 0) return true;
      return wanted.some((filter) =>
        filter.comparison === "PREFIX" ? value?.startsWith(filter.value) === true : value === filter.value,
      );
    };
  };
}

function within(instantOf: (seen: SeenFinding) => number): Criterion {
  return (filters, name) => {
    const ranges = parse(dateFilters, filters, name).map(({ startInclusive, endInclusive }) => ({
      from: (startInclusive ?? Number.NEGATIVE_INFINITY) * 1000,
      to: (endInclusive ?? Number.POSITIVE_INFINITY) * 1000,
    }));
    return (seen) => ranges.some(({ from, to }) => from <= instantOf(seen) && instantOf(seen) <= to);
  };
}

function between(numberOf: (seen: SeenFinding) => number | null): Criterion {
  return (filters, name) => {
    const ranges = parse(numberFilters, filters, name);
    return (seen) => {
      const value = numberOf(seen);
      if (value === null) return false;
      return ranges.some(
        ({ lowerInclusive = Number.NEGATIVE_INFINITY, upperInclusive = Number.POSITIVE_INFINITY }) =>
          lowerInclusive <= value && value <= upperInclusive,
      );
    };
  };
}

function exploitAvailableOf({ finding, assessment }: SeenFinding): string | undefined {
  if (finding.problem.type !== "PACKAGE_VULNERABILITY") return undefined;
  return assessment.exploitAvailable ? "YES" : "NO";
}

function parse<T>(schema: z.ZodType<T>, filters: unknown, name: string): T {
  const result = schema.safeParse(filters);
  if (!result.success) throw invalidField(name, result.error.issues[0]?.message ?? "Not a list of filters");
  return result.data;
}
