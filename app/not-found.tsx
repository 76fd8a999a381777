import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice } from "#components/ui/notice.tsx";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh bg-surface">
      <EmptyNotice
        heading="h1"
        icon="search"
        title="There is nothing at this address"
        text="It may have moved, or the address is incomplete."
      >
        <ButtonLink href="/findings?status=active" look="main">
          Go to Findings
        </ButtonLink>
      </EmptyNotice>
    </main>
  );
}
