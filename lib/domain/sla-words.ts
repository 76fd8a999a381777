/** Whom a rule is for, the widest first: of rules for one field the narrowest counts. */
export const SLA_LEVELS = ["organisation", "account", "team"] as const;

/** What days are set for: severities, and what makes a finding more urgent whatever its severity. */
export const SLA_FIELDS = ["critical", "high", "medium", "low", "exploited", "reachable"] as const;
export type SlaField = (typeof SLA_FIELDS)[number];

/** Days that a first policy is offered with. */
export const OFFERED_DAYS: Partial<Record<SlaField, number>> = { critical: 7, high: 30, medium: 90, low: 180 };

export const MOST_SLA_DAYS = 3650;

/** At risk: so many days are left, or so small a part of the time. */
export const AT_RISK_DAYS = 3;
export const AT_RISK_SHARE = 0.25;
