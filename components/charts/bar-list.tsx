import NextLink from "next/link";
import { formatCount } from "#components/ui/numbers.ts";

export type BarRow = { label: string; left: Amount; right: Amount };
type Amount = { value: number; href: string };

/** Two sides, one row an age: each number opens its list. Bars of both sides are on one scale from zero. */
export function BarList(props: {
  name: string;
  rows: BarRow[];
  sides: { left: { name: string; swatch: string }; right: { name: string; swatch: string } };
  /** What the words between the sides are. */
  label?: string;
}) {
  const { name, rows, sides, label = "Age" } = props;
  const most = Math.max(1, ...rows.flatMap(({ left, right }) => [left.value, right.value]));
  return (
    <table aria-label={name} className="w-full table-fixed border-collapse">
      <thead>
        <tr className="text-[12.5px]">
          <th scope="col" className="pb-1.5 text-right font-semibold">
            {sides.left.name}
          </th>
          <th scope="col" className="w-26 max-md:w-20">
            <span className="sr-only">{label}</span>
          </th>
          <th scope="col" className="pb-1.5 text-left font-semibold">
            {sides.right.name}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, left, right }) => (
          <tr key={label}>
            <td className="py-[2.5px]">
              <AmountBar amount={left} most={most} swatch={sides.left.swatch} isLeft />
            </td>
            <th scope="row" className="text-[11.5px] font-normal whitespace-nowrap text-text-3">
              {label}
            </th>
            <td className="py-[2.5px]">
              <AmountBar amount={right} most={most} swatch={sides.right.swatch} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AmountBar(props: { amount: Amount; most: number; swatch: string; isLeft?: boolean }) {
  const { amount, most, swatch, isLeft } = props;
  return (
    <div className={`flex h-6 items-center gap-1.5 ${isLeft ? "flex-row-reverse" : ""}`}>
      <span
        data-fill
        aria-hidden="true"
        className={`h-full rounded-[1.5px] ${amount.value > 0 ? "min-w-[1.5px]" : ""} ${swatch}`}
        // The rest of the row is for the number.
        style={{ width: `calc((100% - 48px) * ${amount.value / most})` }}
      />
      <NextLink
        href={amount.href}
        prefetch={false}
        className={`text-[11.5px] hover:underline ${amount.value === 0 ? "text-text-3" : "text-text-2"}`}
      >
        {formatCount(amount.value)}
      </NextLink>
    </div>
  );
}
