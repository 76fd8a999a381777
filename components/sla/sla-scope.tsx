"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { severityWord } from "#components/ui/severity.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { teamsQuery } from "#lib/client/teams.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { SlaStandingQuery } from "#lib/domain/sla.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";

type Name = "severity" | "accountId" | "team";
type SlaScopeProps = { scope: SlaStandingQuery; onChange: (change: Partial<Record<Name, string | null>>) => void };

/** Which part of all findings the page is about. */
export function SlaScope({ scope, onChange }: SlaScopeProps) {
  const { data: teams } = useQuery(teamsQuery());
  const { data: freshness } = useQuery(freshnessQuery());
  const accounts = new Map(
    freshness?.scopes.map(({ accountId, accountName }) => [
      accountId,
      accountId === INSTALLATION_ACCOUNT_ID ? "This installation" : (accountName ?? accountId),
    ]),
  );
  return (
    <>
      <ScopeMenu
        all="All teams"
        chosen={scope.team}
        options={[
          ...(teams?.items ?? []).map(({ id, name }) => ({ value: id, label: visibleText(name) })),
          { value: NO_TEAM, label: "No team" },
        ]}
        onChange={(team) => onChange({ team })}
      />
      <ScopeMenu
        all="All accounts"
        chosen={scope.accountId}
        options={[...accounts].map(([value, label]) => ({ value, label: visibleText(label) }))}
        onChange={(accountId) => onChange({ accountId })}
      />
      <ScopeMenu
        all="All severities"
        chosen={scope.severity}
        options={SEVERITIES.map((value) => ({ value, label: severityWord(value) }))}
        onChange={(severity) => onChange({ severity })}
      />
    </>
  );
}

const ALL = "";

function ScopeMenu(props: {
  all: string;
  chosen: string[];
  options: { value: string; label: string }[];
  onChange: (value: string | null) => void;
}) {
  const { all, chosen, options, onChange } = props;
  const words = chosen.map((one) => options.find(({ value }) => value === one)?.label ?? visibleText(one));
  return (
    <Menu
      trigger={
        <Button>
          {words.length === 0 ? all : words.join(", ")}
          <Icon name="down" className="text-text-3" />
        </Button>
      }
    >
      <MenuChoices
        label={all}
        choices={[{ value: ALL, label: all }, ...options]}
        value={chosen.length === 1 ? (chosen[0] ?? ALL) : ALL}
        onChange={(value) => onChange(value === ALL ? null : value)}
      />
    </Menu>
  );
}
