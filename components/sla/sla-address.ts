import type { SlaStandingQuery } from "#lib/domain/sla.ts";

export const SLA_ADDRESS_NAMES = ["severity", "accountId", "team", "asOf"] as const;
type Written = Partial<Record<(typeof SLA_ADDRESS_NAMES)[number], string | string[] | null | undefined>>;

/** Which part of all findings the page's address means, and as of when; the same on the server and in the browser. */
export function readSlaAddress({ severity, accountId, team, asOf }: Written): SlaStandingQuery {
  return {
    severity: valuesOf(severity) as SlaStandingQuery["severity"], // the API refuses what is none
    source: [],
    type: [],
    accountId: valuesOf(accountId),
    team: valuesOf(team),
    asOf: valuesOf(asOf)[0],
  };
}

function valuesOf(written: string | string[] | null | undefined): string[] {
  return [written ?? []].flat().flatMap((value) => value.split(",").filter(Boolean));
}
