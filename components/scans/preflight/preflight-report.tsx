import type { ReactNode } from "react";
import { countOf, formatBytes, formatCount } from "#components/ui/numbers.ts";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { Preflight } from "./to-preflight.ts";

const FILLS = ["bg-chart-1", "bg-chart-2", "bg-chart-3", "bg-chart-4", "bg-chart-neutral"];

/** What will be scanned of an archive and what will not, before it is sent. */
export function PreflightReport({ file, preflight }: { file: File; preflight: Preflight }) {
  return (
    <section aria-label="What is in the archive" className="grid gap-3.5 rounded-lg border border-line p-3.5">
      <dl className="grid grid-cols-3 divide-x divide-line max-sm:grid-cols-1 max-sm:gap-2 max-sm:divide-x-0">
        <Figure name="To scan" value={formatCount(preflight.toScan)} note={`of ${countOf(preflight.files, "file")}`} />
        <Figure name="Upload" value={formatBytes(file.size)} note="limit 5 GB" />
        <Figure name="Unpacked" value={formatBytes(preflight.unpackedBytes)} note="limit 20 GB" />
      </dl>
      <Languages languages={preflight.languages} />
      <LeftOut leftOut={preflight.leftOut} />
    </section>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div className="grid gap-0.5 px-3.5 first:pl-0 max-sm:px-0">
      <dt className="text-12 text-text-2">{name}</dt>
      <dd>
        <span className="text-16 font-semibold">{value}</span> <span className="text-12 text-text-3">{note}</span>
      </dd>
    </div>
  );
}

function Languages({ languages }: { languages: Preflight["languages"] }) {
  return (
    <div className="grid gap-2">
      <div aria-hidden="true" className="flex h-2 gap-0.5">
        {languages.map(({ name, files }, place) => (
          <span key={name} className={`min-w-1 rounded-xs ${fillOf(place)}`} style={{ flexGrow: files }} />
        ))}
      </div>
      <ul aria-label="Languages" className="flex flex-wrap gap-x-4 gap-y-1 text-12">
        {languages.map(({ name, files }, place) => (
          <li key={name} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2 rounded-xs ${fillOf(place)}`} />
            {name} <span className="text-text-3">{formatCount(files)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const fillOf = (place: number): string => FILLS[place % FILLS.length] ?? "";

function LeftOut({ leftOut }: { leftOut: Preflight["leftOut"] }) {
  const files = leftOut.reduce((sum, group) => sum + group.files, 0);
  if (files === 0) return <p className="text-text-2">Nothing is left out.</p>;
  return (
    <div className="grid gap-1.5">
      <h2 className="text-14">{files === 1 ? "1 file is left out" : `${formatCount(files)} files are left out`}</h2>
      <ul className="grid gap-1">
        {leftOut.map(({ reason, files: count, examples }) => (
          <li
            key={reason}
            className="grid grid-cols-[minmax(0,160px)_56px_minmax(0,1fr)] gap-x-3 max-sm:grid-cols-[minmax(0,1fr)_auto]"
          >
            <span>{reason}</span>
            <span className="text-right font-medium">{formatCount(count)}</span>
            <Examples>{examples.map(visibleText).join(", ")}</Examples>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Examples({ children }: { children: ReactNode }) {
  return <code className="self-center truncate text-12 text-text-3 max-sm:col-span-2">{children}</code>;
}
