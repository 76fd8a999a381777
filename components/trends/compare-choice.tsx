"use client";
import { type FormEvent, useState } from "react";
import { dayAndYear } from "#components/charts/days.ts";
import { Button } from "#components/ui/button.tsx";
import { Choices } from "#components/ui/choices.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { severityWord } from "#components/ui/severity.tsx";
import { addDays } from "#lib/domain/day.ts";
import { SOURCE_NAMES } from "#lib/domain/finding-words.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { ComparedPart } from "./comparison.ts";
import { SOURCE_WORDS } from "./series-of.ts";
import type { TrendsAddressState } from "./use-trends-address.ts";

export type Option = { value: string; label: string };
type Kind = "nothing" | "before" | "days" | ComparedPart;

const PART_OPTIONS: Record<"source" | "severity", Option[]> = {
  source: SOURCE_NAMES.map((value) => ({ value, label: SOURCE_WORDS[value] })),
  severity: SEVERITIES.map((value) => ({ value, label: severityWord(value) })),
};

type CompareChoiceProps = { address: TrendsAddressState; accounts: Option[]; teams: Option[] };

/** Holds the days beside those before them, or one part of everything beside another. */
export function CompareChoice({ address, accounts, teams }: CompareChoiceProps) {
  const { comparison, query } = address;
  const options: Record<ComparedPart, Option[]> = { accountId: accounts, team: teams, ...PART_OPTIONS };
  const [kind, setKind] = useState<Kind>(kindOf(address));
  const choices: { value: Kind; label: string }[] = [
    { value: "nothing", label: "Nothing" },
    { value: "before", label: "The days before" },
    { value: "days", label: "Other days" },
    ...(accounts.length > 1 ? [{ value: "accountId" as const, label: "Two accounts" }] : []),
    ...(teams.length > 1 ? [{ value: "team" as const, label: "Two teams" }] : []),
    { value: "source", label: "Two sources" },
    { value: "severity", label: "Two severities" },
  ];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (kind === "nothing") address.compareNothing();
    else if (kind === "before") address.compareBefore();
    else if (kind === "days") address.compareDays(String(form.get("compareFrom")));
    else address.comparePart(kind, String(form.get("a")), String(form.get("b")));
  };
  return (
    <Popover
      title="Compare"
      trigger={
        <Button icon="layers">
          {comparison ? "Comparing" : "Compare"}
          <Icon name="down" className="text-text-3" />
        </Button>
      }
    >
      <form onSubmit={submit} className="grid gap-3 px-4 pt-1 pb-4">
        <Choices legend="With" choices={choices} value={kind} onChange={setKind} />
        {kind === "days" ? (
          <TextField
            label="Their first day"
            name="compareFrom"
            type="date"
            required
            max={addDays(query.from ?? "", -1)}
            defaultValue={comparison?.kind === "days" ? comparison.from : addDays(query.from ?? "", -365)}
            hint={`As many days as now, before ${dayAndYear(query.from ?? "")}`}
          />
        ) : null}
        {kind === "nothing" || kind === "before" || kind === "days" ? null : (
          <TwoParts key={kind} options={options[kind]} address={address} />
        )}
        <Button look="main" type="submit">
          {kind === "nothing" ? "Compare nothing" : "Compare these"}
        </Button>
      </form>
    </Popover>
  );
}

function TwoParts({ options, address: { comparison } }: { options: Option[]; address: TrendsAddressState }) {
  const known = (value: string | undefined) => options.some((option) => option.value === value);
  const chosen = comparison?.kind === "part" ? comparison : null;
  const [a, setA] = useState((known(chosen?.a) ? chosen?.a : options[0]?.value) ?? "");
  const others = options.filter(({ value }) => value !== a);
  return (
    <div className="grid grid-cols-2 gap-2">
      <SelectField label="This one" name="a" value={a} onChange={(event) => setA(event.target.value)}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <SelectField label="Against" name="b" key={a} defaultValue={known(chosen?.b) ? chosen?.b : undefined}>
        {others.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function kindOf({ comparison }: TrendsAddressState): Kind {
  if (comparison === null) return "nothing";
  if (comparison.kind === "part") return comparison.part;
  return comparison.isBefore ? "before" : "days";
}
