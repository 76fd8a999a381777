"use client";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { formatCount, formatTotal } from "#components/ui/numbers.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { TRIAGE_ACT_KINDS } from "#lib/domain/triage-words.ts";
import { ACTS } from "./act-words.ts";
import { useWhyNot } from "./use-may-triage.ts";
import type { Selection } from "./use-selection.ts";

const SHOWN: TriageActKind[] = ["assign", "due", "suppress"];

type BulkBarProps = {
  selection: Selection;
  total: FindingPage["total"] | undefined;
  menuIsOpen: boolean;
  onMenu: (isOpen: boolean) => void;
  onAct: (kind: TriageActKind) => void;
};

/** What can be done with the selected findings. Appears with the first. */
export function BulkBar({ selection, total, menuIsOpen, onMenu, onAct }: BulkBarProps) {
  const { size, isAll } = selection;
  const all = total ? formatTotal(total) : "";
  const words = isAll ? `All ${all} that match` : `${formatCount(size)} selected`;
  const isShown = size > 0 || isAll;
  const hasMore = !isAll && total !== undefined && (!total.exact || total.count > size);
  return (
    <>
      <span role="status" className="sr-only">
        {isShown ? words : "Nothing selected"}
      </span>
      {isShown ? (
        <div
          role="toolbar"
          data-bulk-bar=""
          aria-label={isAll ? words : `${formatCount(size)} selected ${size === 1 ? "finding" : "findings"}`}
          className="absolute bottom-4 left-1/2 z-5 flex max-w-[calc(100%-16px)] -translate-x-1/2 items-center gap-0.5 overflow-x-auto rounded-lg bg-overlay p-[5px] whitespace-nowrap shadow-overlay max-md:fixed max-md:bottom-16 max-md:z-30"
        >
          <span className="px-2 font-semibold">{words}</span>
          {hasMore ? (
            <Button look="ghost" size="small" onClick={selection.selectAll}>
              <span className="text-accent-text">All {all}</span>
            </Button>
          ) : null}
          <Separator />
          <Acts menuIsOpen={menuIsOpen} onMenu={onMenu} onAct={onAct} />
          <Separator />
          <IconButton size="small" icon="close" label="Clear the selection" shortcut="Esc" onClick={selection.clear} />
        </div>
      ) : null}
    </>
  );
}

function Acts({ menuIsOpen, onMenu, onAct }: Pick<BulkBarProps, "menuIsOpen" | "onMenu" | "onAct">) {
  const whyNot = useWhyNot();
  return (
    <>
      {SHOWN.map((kind) => (
        <Button
          key={kind}
          look="ghost"
          size="small"
          icon={ACTS[kind].icon}
          title={`${ACTS[kind].name} (${ACTS[kind].key.toUpperCase()})`}
          disabledReason={whyNot(kind)}
          onClick={() => onAct(kind)}
        >
          <span className="max-md:sr-only">{ACTS[kind].name}</span>
        </Button>
      ))}
      <Menu
        isOpen={menuIsOpen}
        onOpenChange={onMenu}
        trigger={<IconButton size="small" icon="more" label="All acts" shortcut="E" />}
      >
        <ActItems kinds={TRIAGE_ACT_KINDS} onAct={onAct} />
      </Menu>
    </>
  );
}

/** Acts in a menu, each with its key; refused with its reason where the person may not. */
export function ActItems({ kinds, onAct }: { kinds: readonly TriageActKind[]; onAct: (kind: TriageActKind) => void }) {
  const whyNot = useWhyNot();
  return kinds.map((kind) => {
    const { name, key, icon } = ACTS[kind];
    return (
      <MenuItem key={kind} icon={icon} disabledReason={whyNot(kind)} onSelect={() => onAct(kind)}>
        <span className="mr-6 grow">{name}</span>
        <kbd className="text-12 text-text-3">{key.toUpperCase()}</kbd>
      </MenuItem>
    );
  });
}

function Separator() {
  return <span className="mx-1 h-[18px] w-px flex-none bg-line-2" />;
}
