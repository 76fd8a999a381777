import { dayAndYear } from "#components/charts/days.ts";
import type { Span } from "#components/charts/zoom.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import type { TrendsAddressState } from "./use-trends-address.ts";

/** What every number on the page is told of, that it can be opened, and of which days where some are picked out. */
export function AsOfBanner({ asOf, address }: { asOf: string; address: TrendsAddressState }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 rounded-md bg-note-soft px-3 py-2.5 text-text-2">
      <p className="flex min-w-0 flex-1 basis-72 items-center gap-2.5">
        <Icon name="clock" className="text-note-text" />
        <span>
          {address.age.asOf === undefined ? (
            <b className="font-semibold text-text">
              As of <Time at={asOf} format="as-of" />.
            </b>
          ) : (
            <>
              <b className="font-semibold text-text">As of the end of {dayAndYear(address.age.asOf)}.</b> What was
              recorded until <Time at={asOf} format="as-of" /> is known of it.
            </>
          )}{" "}
          Days are UTC days. Open any number to get that exact list, today and later.
        </span>
      </p>
      <output className="flex flex-wrap items-center gap-x-2">
        {address.zoomedFrom ? <Zoomed address={address} all={address.zoomedFrom} /> : null}
      </output>
    </div>
  );
}

function Zoomed({ address: { query, zoomOut }, all }: { address: TrendsAddressState; all: Span }) {
  return (
    <>
      <span>
        Zoomed to {dayAndYear(query.from ?? all.from)} to {dayAndYear(query.to ?? all.to)}.
      </span>
      <button type="button" onClick={zoomOut} className="link touch-target print:hidden">
        Show all days from {dayAndYear(all.from)}
      </button>
    </>
  );
}
