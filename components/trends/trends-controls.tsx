"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { dayAndYear } from "#components/charts/days.ts";
import { Button } from "#components/ui/button.tsx";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { teamsQuery } from "#lib/client/teams.ts";
import { toDay } from "#lib/domain/day.ts";
import { INSTALLATION_ACCOUNT_ID, SOURCE_NAMES } from "#lib/domain/finding-words.ts";
import type { Freshness } from "#lib/domain/freshness.ts";
import type { Teams } from "#lib/domain/team.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { CompareChoice, type Option } from "./compare-choice.tsx";
import { SOURCE_WORDS } from "./series-of.ts";
import { RANGE_NAMES, type Range } from "./trends-address.ts";
import type { TrendsAddressState } from "./use-trends-address.ts";

const RANGE_WORDS: Record<Range, string> = {
  "7d": "7 d",
  "30d": "30 d",
  "90d": "90 d",
  "6m": "6 months",
  "1y": "1 year",
  all: "All",
};
const RANGE_OPTIONS = RANGE_NAMES.map((value) => ({ value, label: RANGE_WORDS[value] }));

/** Which days and which part of everything the page is about. */
export function TrendsControls({ address }: { address: TrendsAddressState }) {
  const { range, zoomedFrom, query, setRange, setDays } = address;
  const { data: freshness } = useQuery(freshnessQuery());
  const { data: teams } = useQuery(teamsQuery());
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <Segmented<Range | "">
        label="Range"
        options={RANGE_OPTIONS}
        value={zoomedFrom ? "" : (range ?? "")}
        onChange={(next) => next && setRange(next)}
      />
      <OwnDays key={`${query.from} ${query.to}`} from={query.from ?? ""} to={query.to ?? ""} onDays={setDays} />
      <ScopeChoice
        title="Accounts"
        all="All accounts"
        chosen={address.scope.accountId}
        options={accountsOf(freshness)}
        onChange={(values) => address.setScope("accountId", values)}
      />
      {teams && teams.items.length > 0 ? (
        <ScopeChoice
          title="Teams"
          all="All teams"
          chosen={address.scope.team}
          options={teamsOf(teams)}
          onChange={(values) => address.setScope("team", values)}
        />
      ) : null}
      <ScopeChoice
        title="Sources"
        all="All sources"
        chosen={address.scope.source}
        options={SOURCE_NAMES.map((value) => ({ value, label: SOURCE_WORDS[value] }))}
        onChange={(values) => address.setScope("source", values)}
      />
      <CompareChoice
        key={JSON.stringify(address.comparison)}
        address={address}
        accounts={accountsOf(freshness)}
        teams={teamsOf(teams)}
      />
    </div>
  );
}

function OwnDays({ from, to, onDays }: { from: string; to: string; onDays: (from: string, to: string) => void }) {
  const today = toDay(useNow());
  const [fault, setFault] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [first, last] = [String(form.get("from")), String(form.get("to"))];
    if (first > last) setFault(`${dayAndYear(first)} lies after ${dayAndYear(last)}. Choose an earlier first day.`);
    else onDays(first, last);
  };
  return (
    <Popover
      title="Days of your own"
      trigger={
        <Button icon="clock">
          {dayAndYear(from)} to {dayAndYear(to)}
          <Icon name="down" className="text-text-3" />
        </Button>
      }
    >
      <form onSubmit={submit} className="grid gap-3 px-4 pt-1 pb-4">
        <TextField label="First day" name="from" type="date" max={today} required defaultValue={from} error={fault} />
        <TextField label="Last day" name="to" type="date" required defaultValue={to} max={today} />
        <Button look="main" type="submit">
          Show these days
        </Button>
      </form>
    </Popover>
  );
}

function ScopeChoice(props: {
  title: string;
  all: string;
  chosen: string[];
  options: Option[];
  onChange: (values: string[]) => void;
}) {
  const { title, all, chosen, options, onChange } = props;
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  const word =
    chosen.length === 1
      ? (options.find(({ value }) => value === chosen[0])?.label ?? visibleText(chosen[0] ?? ""))
      : null;
  return (
    <Popover
      title={title}
      trigger={
        <Button>
          {chosen.length === 0 ? all : (word ?? `${chosen.length} ${title.toLowerCase()}`)}
          <Icon name="down" className="text-text-3" />
        </Button>
      }
    >
      <div className="grid gap-1.5 px-4 pt-1 pb-4">
        {options.map(({ value, label }) => (
          <LabelledCheckbox key={value} checked={chosen.includes(value)} onChange={() => toggle(value)}>
            <UntrustedText text={label} />
          </LabelledCheckbox>
        ))}
        {chosen.length > 0 ? (
          <Button size="small" onClick={() => onChange([])}>
            {all}
          </Button>
        ) : null}
      </div>
    </Popover>
  );
}

const teamsOf = (teams: Teams | undefined): Option[] =>
  teams && teams.items.length > 0
    ? [
        ...teams.items.map(({ id, name }) => ({ value: id, label: visibleText(name) })),
        { value: NO_TEAM, label: "No team" },
      ]
    : [];

function accountsOf(freshness: Freshness | undefined): Option[] {
  const names = new Map(freshness?.scopes.map(({ accountId, accountName }) => [accountId, accountName ?? accountId]));
  return [...names]
    .map(([value, name]) => ({
      value,
      label: value === INSTALLATION_ACCOUNT_ID ? "This installation" : visibleText(name),
    }))
    .sort((one, other) => (one.label < other.label ? -1 : 1));
}
