import { formatCount } from "#components/ui/numbers.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { BackTest } from "#lib/domain/exception.ts";

const DAY_MS = 86_400_000;
const HEIGHT = 28;

/** How many came on each day, from the first to the last; the numbers are in the table below it. */
export function DayBars({ backTest: { from, to, days } }: { backTest: BackTest }) {
  const first = Math.floor(Date.parse(from) / DAY_MS);
  const span = Math.floor(Date.parse(to) / DAY_MS) - first + 1;
  const most = Math.max(...days.map(({ count }) => count));
  return (
    <>
      <svg
        viewBox={`0 0 ${span * 4} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="block h-7 w-full border-b border-line-2"
      >
        {days.map(({ day, count }) => {
          const height = Math.max(1, (count / most) * HEIGHT);
          const x = (Math.floor(Date.parse(day) / DAY_MS) - first) * 4;
          return <rect key={day} x={x} y={HEIGHT - height} width="3" height={height} className="fill-text-3" />;
        })}
      </svg>
      <details className="text-12 text-text-2">
        <summary className="link w-fit cursor-pointer">By day (UTC)</summary>
        <ScrollRegion label="By day, scrolls" className="max-h-40 overflow-y-auto">
          <table className="w-full">
            <caption className="sr-only">Findings that it would have hidden, by the UTC day on which they came</caption>
            <thead className="text-left text-text-3">
              <tr>
                <th scope="col" className="font-medium">
                  Day
                </th>
                <th scope="col" className="text-right font-medium">
                  Findings
                </th>
                <th scope="col" className="text-right font-medium">
                  Known exploited
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, count, knownExploited }) => (
                <tr key={day}>
                  <th scope="row" className="text-left font-normal">
                    {day}
                  </th>
                  <td className="text-right">{formatCount(count)}</td>
                  <td className="text-right">{formatCount(knownExploited)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </>
  );
}
