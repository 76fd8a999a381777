import { CopyButton } from "#components/ui/copy-button.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";

/** A file to copy as it is, under its path. It scrolls on its own. */
export function CodeText({ path, text }: { path: string; text: string }) {
  return (
    <div className="min-w-0 overflow-hidden rounded-md border border-line">
      <div className="flex min-h-9 items-center justify-between gap-2 border-b border-line bg-raised pr-1 pl-2.5">
        <code className="truncate text-12">{path}</code>
        <CopyButton text={text} what={path} />
      </div>
      <ScrollRegion label={`Text of ${path}`} className="max-h-[440px] overflow-auto px-2.5 py-2">
        <pre className="text-12 leading-5">{text}</pre>
      </ScrollRegion>
    </div>
  );
}
