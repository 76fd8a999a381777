import type { SlaStandingQuery } from "#lib/domain/sla.ts";

export const SLA_ADDRESS_NAMES = ["severity", "accountId", "team"] as const;
type Written = Partial<Record<(typeof SLA_ADDRESS_NAMES)[number], string | string[] | null | undefined>>;

/** Which part of all findings the page's address means; the same on the server and in the browser. */
export function readSlaAddress({ severity, accountId, team }: Written): SlaStandingQuery {
  return {
    severity: valuesOf(severity) as SlaStandingQuery["severity"], // the API refuses what is none
    source: [],
    type: [],
    accountId: valuesOf(accountId),
    team: valuesOf(team),
  };
}

function valuesOf(written: string | string[] | null | undefined): string[] {
  return [written ?? []].flat().flatMap((value) => value.split(",").filter(Boolean));
}
