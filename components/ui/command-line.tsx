import { CopyButton } from "./copy-button.tsx";
import { ScrollRegion } from "./scroll-region.tsx";
import { visibleText } from "./untrusted-text.tsx";

/**
 * One line to copy: a command, a policy line, an address. It scrolls sideways on its own. What is copied is what is read:
 * a second line that a source hid in a command would be run by a terminal as it is pasted.
 */
export function CommandLine({ text, what = "the command" }: { text: string; what?: string }) {
  const shown = visibleText(text);
  return (
    <div className="flex min-h-[34px] items-center gap-2 rounded-md bg-inset pr-1 pl-2.5">
      <ScrollRegion
        label={`Text of ${what}`}
        className="min-w-0 flex-1 overflow-x-auto leading-[18px] whitespace-nowrap [scrollbar-width:none]"
      >
        <code className="text-12">{shown}</code>
      </ScrollRegion>
      <CopyButton text={shown} what={what} />
    </div>
  );
}
