"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { deleteTeam } from "#lib/client/teams.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Team } from "#lib/domain/team.ts";

/** Says what becomes of what the team has, before it goes. */
export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const act = useAct(() => deleteTeam(team.id), { refresh: ["teams"], onDone: onClose });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Delete ${team.name}`}
      text="No finding is lost."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={act.isPending} onClick={() => act.mutate(undefined)}>
            Delete {team.name}
          </Button>
        </>
      }
    >
      <p>
        {team.holdings.resources === 0
          ? "It has nothing."
          : `Its ${countOf(team.holdings.resources, "resource")} go to the next team that matches them, or to none, with their whole past.`}{" "}
        Links and views that name it will list nothing, and its days in the SLA policy count no longer.
      </p>
      {act.error ? <Banner kind="error">{act.error.message}</Banner> : null}
    </Dialog>
  );
}
