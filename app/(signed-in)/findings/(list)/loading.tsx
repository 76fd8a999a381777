import { FindingsSkeleton } from "#components/findings/findings-skeleton.tsx";

export default function FindingsLoading() {
  return (
    <div className="flex h-full min-h-0" role="status" aria-label="Loading findings">
      <div className="w-(--size-facets) flex-none border-r border-line max-[1280px]:hidden" />
      <div className="@container flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="mx-3.5 mt-2.5 mb-10 h-[34px] rounded-md border border-line-2 max-md:mx-3" />
        <FindingsSkeleton />
      </div>
    </div>
  );
}
