import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icon.tsx";
import { ScrollRegion } from "./scroll-region.tsx";
import { visibleCode } from "./untrusted-text.tsx";

/** What a source sent, word for word, closed until it is asked for. */
export function JsonView({ value, title }: { value: unknown; title: string }) {
  const text = JSON.stringify(value, null, 2) ?? "null";
  return (
    <details className="group">
      <summary className="flex min-h-8 items-center gap-2 font-semibold">
        <Icon name="down" className="-rotate-90 text-text-3 transition-transform group-open:rotate-0" />
        {title}
      </summary>
      <div className="relative mt-1 rounded-md border border-line bg-inset">
        <div className="absolute top-1 right-1">
          <CopyButton text={text} what="the raw JSON" />
        </div>
        <ScrollRegion label={title} className="max-h-96 overflow-auto p-3 pr-10">
          <pre className="text-12 leading-5">{text.split("\n").map(visibleCode).join("\n")}</pre>
        </ScrollRegion>
      </div>
    </details>
  );
}
