import type { PolicyVersion, SlaRule } from "#lib/domain/sla.ts";
import { OFFERED_DAYS, SLA_FIELDS, type SlaField } from "#lib/domain/sla-words.ts";

/** A rule as it is written: days are text, and may be empty. */
export type DraftRule = Pick<SlaRule, "level" | "id"> & { days: Partial<Record<SlaField, string>> };

/** What a first policy is offered with. */
export const FIRST_RULE: DraftRule = { level: "organisation", id: null, days: toText(OFFERED_DAYS) };

function toText(days: Partial<Record<SlaField, number>>): DraftRule["days"] {
  return Object.fromEntries(SLA_FIELDS.flatMap((field) => (days[field] ? [[field, String(days[field])]] : [])));
}

export const toDraft = ({ level, id, days }: PolicyVersion["rules"][number]): DraftRule => ({
  level,
  id,
  days: toText(days),
});

export function toRule({ level, id, days }: DraftRule): SlaRule {
  const written = SLA_FIELDS.flatMap((field) => (days[field] ? [[field, Number(days[field])]] : []));
  return { level, id, days: Object.fromEntries(written) };
}

export const hasDays = (days: SlaRule["days"]): boolean => Object.keys(days).length > 0;
