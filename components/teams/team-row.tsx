"use client";
import { useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Cell, Row, RowHead } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { openListAddress } from "#lib/client/list-address.ts";
import { orderTeams } from "#lib/client/teams.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Team } from "#lib/domain/team.ts";
import { DeleteTeamDialog } from "./delete-team-dialog.tsx";
import { OpenCount } from "./open-count.tsx";
import { ruleText } from "./rule-words.ts";
import { TeamDialog } from "./team-dialog.tsx";

const MOST_RULES_SHOWN = 3;

/** One team: what it has by rules, who is in it, how much is open. `order`: the ids of all teams. */
export function TeamRow({ team, order, canChange }: { team: Team; order: string[]; canChange: boolean }) {
  return (
    <Row>
      <Cell side="right" className="text-text-3 max-md:hidden">
        {team.position}
      </Cell>
      <RowHead className="py-1.5">
        <UntrustedText text={team.name} /> {team.isMine ? <Tag>Yours</Tag> : null}
        {team.holdings.resources === 0 ? <Tag tone="warn">Matches nothing</Tag> : null}
        <code className="block text-12 font-normal text-text-3">team:{team.id}</code>
      </RowHead>
      <Cell className="py-1.5 max-md:hidden">
        <Rules rules={team.rules} />
      </Cell>
      <Cell className="text-text-2 max-md:hidden">{team.members.join(", ") || "–"}</Cell>
      <Cell side="right" className="max-md:hidden">
        {formatCount(team.holdings.resources)}
      </Cell>
      <Cell side="right">
        <OpenCount open={team.holdings.open} href={openListAddress({ team: [team.id] })} />
      </Cell>
      <Cell side="right">{canChange ? <TeamMenu team={team} order={order} /> : null}</Cell>
    </Row>
  );
}

function Rules({ rules }: { rules: Team["rules"] }) {
  if (rules.length === 0) return <span className="text-text-3">No rules</span>;
  const rest = rules.length - MOST_RULES_SHOWN;
  return (
    <ul className="text-12 text-text-2">
      {rules.slice(0, MOST_RULES_SHOWN).map((rule) => (
        <li key={ruleText(rule)} className="wrap-anywhere">
          <UntrustedText text={ruleText(rule)} />
        </li>
      ))}
      {rest > 0 ? <li className="text-text-3">and {rest} more</li> : null}
    </ul>
  );
}

function TeamMenu({ team, order }: { team: Team; order: string[] }) {
  const toast = useToast();
  const [shown, setShown] = useState<"edit" | "delete" | null>(null);
  const move = useAct(orderTeams, { refresh: ["teams"], onFailed: toast.failed });
  const place = order.indexOf(team.id);
  const moveTo = (next: number) => move.mutate(order.filter((id) => id !== team.id).toSpliced(next, 0, team.id));
  return (
    <>
      <Menu trigger={<IconButton icon="more" label={`Acts on ${team.name}`} size="small" />}>
        <MenuItem icon="settings" onSelect={() => setShown("edit")}>
          Change
        </MenuItem>
        {place > 0 ? (
          <MenuItem icon="up" onSelect={() => moveTo(place - 1)}>
            Ask earlier
          </MenuItem>
        ) : null}
        {place < order.length - 1 ? (
          <MenuItem icon="down" onSelect={() => moveTo(place + 1)}>
            Ask later
          </MenuItem>
        ) : null}
        <MenuItem icon="close" onSelect={() => setShown("delete")}>
          Delete
        </MenuItem>
      </Menu>
      {shown === "edit" ? <TeamDialog team={team} onClose={() => setShown(null)} /> : null}
      {shown === "delete" ? <DeleteTeamDialog team={team} onClose={() => setShown(null)} /> : null}
    </>
  );
}
