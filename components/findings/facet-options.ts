import type { FindingListFilter } from "#lib/client/findings.ts";
import type { FacetName, FindingFacets } from "#lib/domain/finding-page.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { accountWord, valueWord } from "./words.ts";

/** One block of facets. `only`: just these values, in this order, also where nothing matches. */
export type FacetGroup = {
  title: string;
  parts: { name: FacetName; only?: readonly string[] }[];
  startsClosed?: boolean;
  /** How many lines it has while the counts are on their way. */
  lines: number;
};
export type FacetOption = { name: FacetName; value: string; label: string; total: FacetTotal; isChosen: boolean };
type FacetTotal = { count: number; exact: boolean };

/** In the order in which a person narrows: how bad, is it open, is it used, can it be mended, where. */
export const FACETS: FacetGroup[] = [
  { title: "Severity", parts: [{ name: "severity", only: SEVERITIES }], lines: 6 },
  { title: "Status", parts: [{ name: "status", only: ["active", "suppressed", "closed"] }], lines: 3 },
  {
    title: "Exploitation",
    parts: [
      { name: "knownExploited", only: ["yes"] },
      { name: "exploitAvailable", only: ["yes"] },
    ],
    lines: 2,
  },
  { title: "Fix", parts: [{ name: "fixAvailable", only: ["yes", "partial", "no"] }], lines: 3 },
  { title: "Source", parts: [{ name: "source" }], lines: 2 },
  { title: "Type", parts: [{ name: "type" }], lines: 3 },
  { title: "Account", parts: [{ name: "accountId" }], lines: 6 },
  { title: "Region", parts: [{ name: "region" }], lines: 3 },
  { title: "Resource type", parts: [{ name: "resourceType" }], lines: 4 },
  { title: "Team", parts: [{ name: "team" }], lines: 3 },
];

/** The lines of a block: label, count, and whether the filter has it. */
export function facetOptions(group: FacetGroup, facets: FindingFacets, filter: FindingListFilter): FacetOption[] {
  return group.parts.flatMap(({ name, only }) => {
    const counted = name === "team" ? ofTeams(facets.team) : facets[name];
    const values = only ?? counted.map(({ value }) => value);
    const chosen: string[] = [filter[name] ?? []].flat();
    const none = { count: 0, exact: counted.every(({ exact }) => exact) };
    return values.map((value) => {
      const found = counted.find((one) => one.value === value);
      const label = toLabel(name, value, found?.label ?? null);
      return { name, value, label, total: found ?? none, isChosen: chosen.includes(value) };
    });
  });
}

/** Where there are no teams, that nothing has one says nothing. */
function ofTeams(counted: FindingFacets["team"]): FindingFacets["team"] {
  return counted.every(({ value }) => value === NO_TEAM) ? [] : counted;
}

/** The server knows the names of accounts and teams; every other word is the page's own. */
function toLabel(name: FacetName, value: string, told: string | null): string {
  if (name === "accountId") return accountWord(value, told);
  return name === "team" && value !== NO_TEAM ? (told ?? value) : valueWord(name, value);
}
