"use client";
import { useQuery } from "@tanstack/react-query";
import { IconButton } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { teamsQuery } from "#lib/client/teams.ts";
import { MOST_SLA_DAYS, SLA_FIELDS } from "#lib/domain/sla-words.ts";
import type { DraftRule } from "./draft-rule.ts";
import { FIELD_WORDS } from "./sla-words.ts";

type PolicyRuleFieldsProps = {
  place: number;
  rule: DraftRule;
  fault: string | undefined;
  onChange: (rule: DraftRule) => void;
  onRemove: () => void;
};

/** Whom days are for, and the days; an empty one comes from a wider scope. */
export function PolicyRuleFields({ place, rule, fault, onChange, onRemove }: PolicyRuleFieldsProps) {
  return (
    <fieldset className="grid gap-2.5 rounded-md border border-line p-3">
      <legend className="sr-only">Days {place}</legend>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <ScopeField rule={rule} fault={fault} onChange={onChange} />
        </div>
        <IconButton icon="close" label={`Take days ${place} away`} look="ghost" onClick={onRemove} />
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(104px,1fr))] gap-2">
        {SLA_FIELDS.map((field) => (
          <TextField
            key={field}
            label={FIELD_WORDS[field]}
            type="number"
            inputMode="numeric"
            min={1}
            max={MOST_SLA_DAYS}
            placeholder="–"
            value={rule.days[field] ?? ""}
            onChange={({ target }) => onChange({ ...rule, days: { ...rule.days, [field]: target.value } })}
          />
        ))}
      </div>
    </fieldset>
  );
}

const EVERYBODY = "organisation:";

function ScopeField({ rule, fault, onChange }: Pick<PolicyRuleFieldsProps, "rule" | "fault" | "onChange">) {
  const { data: teams } = useQuery(teamsQuery());
  const { data: freshness } = useQuery(freshnessQuery());
  const accounts = new Map(
    freshness?.scopes.map(({ accountId, accountName }) => [accountId, accountName ?? accountId]),
  );
  const value = rule.level === "organisation" ? EVERYBODY : `${rule.level}:${rule.id ?? ""}`;
  const known = new Set([
    EVERYBODY,
    ...(teams?.items ?? []).map(({ id }) => `team:${id}`),
    ...[...accounts.keys()].map((id) => `account:${id}`),
  ]);
  const choose = (chosen: string) => {
    const [level, ...id] = chosen.split(":");
    // The options are made of the levels.
    onChange({ ...rule, level: level as DraftRule["level"], id: level === "organisation" ? null : id.join(":") });
  };
  return (
    <SelectField label="For" required value={value} error={fault} onChange={({ target }) => choose(target.value)}>
      {known.has(value) ? null : <option value={value}>{rule.id ? `${rule.level} ${rule.id}` : "Choose one"}</option>}
      <option value={EVERYBODY}>Everybody</option>
      <optgroup label="Teams">
        {teams?.items.map(({ id, name }) => (
          <option key={id} value={`team:${id}`}>
            {name}
          </option>
        ))}
      </optgroup>
      <optgroup label="Accounts">
        {[...accounts].map(([id, name]) => (
          <option key={id} value={`account:${id}`}>
            {name}
          </option>
        ))}
      </optgroup>
    </SelectField>
  );
}
