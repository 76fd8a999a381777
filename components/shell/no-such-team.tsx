import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice } from "#components/ui/notice.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";

/** Stands in place of a page whose address names a team that there is not. */
export function NoSuchTeam({ id, onAll }: { id: string; onAll: () => void }) {
  return (
    <EmptyNotice
      heading="h1"
      icon="user"
      title={`There is no team ${visibleText(id)}`}
      text="It was deleted, or the address is misspelt. Nothing is shown, since this would not be its findings."
    >
      <Button look="main" onClick={onAll}>
        Show all teams
      </Button>
      <ButtonLink href="/settings/teams">See the teams</ButtonLink>
    </EmptyNotice>
  );
}
