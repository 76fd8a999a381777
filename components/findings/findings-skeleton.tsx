import { Skeleton } from "#components/ui/skeleton.tsx";
import { USUAL_COLUMNS } from "#lib/domain/list-column-words.ts";
import { boxOf, COLUMNS, type ColumnName } from "./columns.ts";
import { CELL } from "./finding-row.tsx";

const ROWS = 24;
const NAMES: readonly ColumnName[] = ["select", ...USUAL_COLUMNS];

/** The list's own layout, with bars where the words will be. */
export function FindingsSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden border-t border-line" aria-hidden="true">
      <table className="w-full table-fixed border-collapse max-md:block">
        <thead className="max-md:hidden">
          <tr>
            {NAMES.map((name) => (
              <th
                key={name}
                style={{ width: COLUMNS[name].px || undefined }}
                className={`h-[30px] px-1.5 text-left text-12 font-medium text-text-3 ${boxOf(name, false)}`}
              >
                {COLUMNS[name].head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {Array.from({ length: ROWS }, (_, row) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
              key={row}
              className="border-t border-line max-md:grid max-md:grid-cols-[28px_minmax(0,1fr)_64px] max-md:gap-2 max-md:px-3 max-md:py-3 max-md:[grid-template-areas:'select_severity_age''select_finding_finding''select_resource_exploited''select_due_due']"
            >
              {NAMES.map((name, column) => (
                <td key={name} className={`${CELL} ${boxOf(name, false)}`}>
                  <Skeleton width={name === "select" ? "15px" : `${45 + ((row * 13 + column * 29) % 45)}%`} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
