import { OverviewSkeleton } from "#components/overview/overview-skeleton.tsx";
import { Page } from "#components/ui/block.tsx";

export default function OverviewLoading() {
  return (
    <Page title="Overview" text="Where everything stands">
      <OverviewSkeleton />
    </Page>
  );
}
