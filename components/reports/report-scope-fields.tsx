"use client";
import { useQuery } from "@tanstack/react-query";
import { SelectField } from "#components/ui/field.tsx";
import { severityWord } from "#components/ui/severity.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { teamsQuery } from "#lib/client/teams.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { ReportScope } from "#lib/domain/period-report.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";

type Choice = { value: string; label: string };

const URGENT = "critical,high";
const SEVERITY_CHOICES: Choice[] = [
  { value: URGENT, label: "Critical and high" },
  ...SEVERITIES.map((value) => ({ value, label: severityWord(value) })),
];

/** Which part of all findings: a team, an account, severities. */
export function ReportScopeFields(props: { scope: ReportScope; onChange: (scope: ReportScope) => void }) {
  const { scope, onChange } = props;
  const { data: teams } = useQuery(teamsQuery());
  const { data: freshness } = useQuery(freshnessQuery());
  const accounts = new Map(
    freshness?.scopes.map(({ accountId, accountName }) => [
      accountId,
      accountId === INSTALLATION_ACCOUNT_ID ? "This installation" : visibleText(accountName ?? accountId),
    ]),
  );
  return (
    <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
      <Choose
        label="Team"
        all="All teams"
        value={scope.team.join(",")}
        choices={[
          ...(teams?.items ?? []).map(({ id, name }) => ({ value: id, label: visibleText(name) })),
          { value: NO_TEAM, label: "No team" },
        ]}
        onChange={(team) => onChange({ ...scope, team })}
      />
      <Choose
        label="Account"
        all="All accounts"
        value={scope.accountId.join(",")}
        choices={[...accounts].map(([value, label]) => ({ value, label }))}
        onChange={(accountId) => onChange({ ...scope, accountId })}
      />
      <Choose
        label="Severity"
        all="All severities"
        value={scope.severity.join(",")}
        choices={SEVERITY_CHOICES}
        onChange={(words) => onChange({ ...scope, severity: SEVERITIES.filter((one) => words.includes(one)) })}
      />
    </div>
  );
}

type ChooseProps = {
  label: string;
  all: string;
  value: string;
  choices: Choice[];
  onChange: (values: string[]) => void;
};

function Choose({ label, all, value, choices, onChange }: ChooseProps) {
  const labelOf = (one: string) => choices.find((choice) => choice.value === one)?.label ?? visibleText(one);
  return (
    <SelectField
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value === "" ? [] : event.target.value.split(","))}
    >
      <option value="">{all}</option>
      {value !== "" && !choices.some((choice) => choice.value === value) ? (
        // More than one, or one that is gone: it stays until it is changed.
        <option value={value}>{value.split(",").map(labelOf).join(", ")}</option>
      ) : null}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </SelectField>
  );
}
