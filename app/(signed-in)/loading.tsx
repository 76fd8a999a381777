import { Skeleton } from "#components/ui/skeleton.tsx";

const LINES = ["38%", "72%", "64%", "80%", "46%", "58%"];

/** The frame of a page that is read from the top, while its content is on the way. */
export default function PageLoading() {
  return (
    <div
      role="status"
      aria-label="Loading"
      className="mx-auto grid w-full max-w-[calc(var(--container-page)+48px)] gap-4 px-6 pt-7 max-md:px-4"
    >
      {LINES.map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
