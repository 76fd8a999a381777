"use client";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { TRIAGE_ACT_KINDS } from "#lib/domain/triage-words.ts";
import { ACTS } from "./act-words.ts";
import { useWhyNot } from "./use-may-triage.ts";
import type { Selection } from "./use-selection.ts";

const SHOWN: TriageActKind[] = ["assign", "due", "suppress"];

export type BulkToolsProps = {
  selection: Selection;
  /** How many are selected. */
  words: string;
  /** How many match, where these are more; null = all of them are selected. */
  all: string | null;
  menuIsOpen: boolean;
  onMenu: (isOpen: boolean) => void;
  onAct: (kind: TriageActKind) => void;
};

/** The bar itself: what is selected, the acts on it, and how to let go of it. */
export function BulkTools({ selection, words, all, menuIsOpen, onMenu, onAct }: BulkToolsProps) {
  const { size, isAll } = selection;
  return (
    <div
      role="toolbar"
      data-bulk-bar=""
      aria-label={isAll ? words : `${words} ${size === 1 ? "finding" : "findings"}`}
      className="absolute bottom-4 left-1/2 z-5 flex max-w-[calc(100%-16px)] -translate-x-1/2 items-center gap-0.5 overflow-x-auto rounded-lg bg-overlay p-[5px] whitespace-nowrap shadow-overlay max-md:fixed max-md:bottom-16 max-md:z-30"
    >
      <span className="px-2 font-semibold">{words}</span>
      {all === null ? null : (
        <Button look="ghost" size="small" onClick={selection.selectAll}>
          <span className="text-accent-text">All {all}</span>
        </Button>
      )}
      <Separator />
      <Acts menuIsOpen={menuIsOpen} onMenu={onMenu} onAct={onAct} />
      <Separator />
      <IconButton size="small" icon="close" label="Clear the selection" shortcut="Esc" onClick={selection.clear} />
    </div>
  );
}

function Acts({ menuIsOpen, onMenu, onAct }: Pick<BulkToolsProps, "menuIsOpen" | "onMenu" | "onAct">) {
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
