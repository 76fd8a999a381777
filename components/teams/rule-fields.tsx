"use client";
import { Button, IconButton } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import type { TeamRule, TeamRuleKind } from "#lib/domain/team.ts";
import { TEAM_RULE_KINDS } from "#lib/domain/team-words.ts";
import { RULE_WORDS } from "./rule-words.ts";

type RuleFieldsProps = {
  rules: TeamRule[];
  onChange: (rules: TeamRule[]) => void;
  faultOf: (index: number) => string | undefined;
};

/** The rules of a team, one a line. */
export function RuleFields({ rules, onChange, faultOf }: RuleFieldsProps) {
  const set = (index: number, change: Partial<TeamRule>) =>
    onChange(rules.map((rule, other) => (other === index ? { ...rule, ...change } : rule)));
  return (
    <fieldset>
      <legend className="mb-[5px] font-medium">Rules</legend>
      <ol className="grid gap-2">
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is what stands at its place
          <li key={index} className="grid grid-cols-[minmax(0,150px)_minmax(0,1fr)_auto] items-end gap-2">
            <SelectField
              label={`What rule ${index + 1} looks at`}
              value={rule.kind}
              onChange={({ target }) => set(index, { kind: target.value as TeamRuleKind })} // the options are the kinds
            >
              {TEAM_RULE_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {RULE_WORDS[kind].word}
                </option>
              ))}
            </SelectField>
            <TextField
              label="Matches"
              maxLength={300}
              value={rule.pattern}
              placeholder={RULE_WORDS[rule.kind].example}
              error={faultOf(index)}
              onChange={(event) => set(index, { pattern: event.target.value })}
            />
            <IconButton
              icon="close"
              label={`Take rule ${index + 1} away`}
              look="ghost"
              onClick={() => onChange(rules.filter((_, other) => other !== index))}
            />
          </li>
        ))}
      </ol>
      <Button
        size="small"
        icon="plus"
        className="mt-2"
        onClick={() => onChange([...rules, { kind: rules.at(-1)?.kind ?? "account", pattern: "" }])}
      >
        Add a rule
      </Button>
    </fieldset>
  );
}
