/** A grey bar where text will be. `width` is a share of its place: "70%". */
export function Skeleton({ width }: { width: string }) {
  return <span className="skeleton" style={{ width }} />;
}
