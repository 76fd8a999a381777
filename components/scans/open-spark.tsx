import type { Scan } from "#lib/domain/scan.ts";

const WIDTH = 64;
const HEIGHT = 18;
/** Half of the line's width stays inside. */
const EDGE = 2;

/** How many findings were open after each revision, from the oldest to the newest; from zero up, so that heights compare. */
export function OpenSpark({ history }: { history: Scan["history"] }) {
  if (history.length < 2) return <span className="text-text-3">–</span>;
  const most = Math.max(1, ...history.map(({ open }) => open));
  const points = history.map(({ open }, place) => {
    const x = EDGE + (place / (history.length - 1)) * (WIDTH - 2 * EDGE);
    const y = HEIGHT - EDGE - (open / most) * (HEIGHT - 2 * EDGE);
    return { x, y };
  });
  const last = points.at(-1);
  const label = `Open after each revision: ${history.map(({ open }) => open).join(", ")}`;
  return (
    <svg role="img" aria-label={label} width={WIDTH} height={HEIGHT} className="inline-block align-middle text-text-3">
      <title>{label}</title>
      <polyline
        points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      {last ? <circle cx={last.x} cy={last.y} r="2" className="fill-text" /> : null}
    </svg>
  );
}
