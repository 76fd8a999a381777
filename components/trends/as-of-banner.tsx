import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";

/** What every number on the page is told of, and that it can be opened. */
export function AsOfBanner({ asOf }: { asOf: string }) {
  return (
    <p className="flex items-center gap-2.5 rounded-md bg-note-soft px-3 py-2.5 text-text-2">
      <Icon name="clock" className="text-note-text" />
      <span>
        <b className="font-semibold text-text">
          As of <Time at={asOf} format="as-of" />.
        </b>{" "}
        Days are UTC days. Open any number to get that exact list, today and later.
      </span>
    </p>
  );
}
