"use client";
import { useShortcuts } from "#components/ui/shortcuts.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { TRIAGE_ACT_KINDS } from "#lib/domain/triage-words.ts";
import { ACTS } from "./act-words.ts";
import type { Selection } from "./use-selection.ts";

type TriageKeys = {
  selection: Selection;
  /** The row that the keyboard is on; null = none yet. */
  rowIndex: number | null;
  /** Whether rows are on screen: among groups there is nothing to select. */
  hasRows: boolean;
  onAct: (kind: TriageActKind) => void;
  onMenu: () => void;
  onUndo: () => void;
};

/** The keys of triage: x and X select, e opens the menu, each act has a letter, z takes the last one back. */
export function useTriageKeys({ selection, rowIndex, hasRows, onAct, onMenu, onUndo }: TriageKeys): void {
  const acts = TRIAGE_ACT_KINDS.map((kind) => [ACTS[kind].key, () => onAct(kind)]);
  const onRows: [string, () => void][] = [
    ["x", () => selection.toggle(rowIndex ?? 0)],
    ["X", () => selection.extendTo(rowIndex ?? 0)],
    ["e", onMenu],
  ];
  useShortcuts({ ...Object.fromEntries([...acts, ...(hasRows ? onRows : [])]), z: onUndo });
}
