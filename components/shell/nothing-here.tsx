import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice } from "#components/ui/notice.tsx";

/** What an address says that leads nowhere, or to what one may not see. */
export function NothingHere() {
  return (
    <EmptyNotice
      heading="h1"
      icon="search"
      title="There is nothing at this address"
      text="It may have moved, the address is incomplete, or it needs a right that you do not have."
    >
      <ButtonLink href="/findings?status=active" look="main">
        Go to Findings
      </ButtonLink>
    </EmptyNotice>
  );
}
