import { TrendsSkeleton } from "#components/trends/trends-skeleton.tsx";
import { Page } from "#components/ui/block.tsx";

export default function TrendsLoading() {
  return (
    <Page title="Trends" text="Inspector, code scans and imports together">
      <TrendsSkeleton />
    </Page>
  );
}
