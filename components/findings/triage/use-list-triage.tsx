"use client";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useToast } from "#components/ui/toast.tsx";
import { type FindingListFilter, findingsQuery } from "#lib/client/findings.ts";
import { toConditionsText } from "#lib/domain/filter-text.ts";
import type { Finding } from "#lib/domain/finding.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import type { TriageDecision } from "#lib/domain/triage.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { leavesList, withDecision, withoutFindings } from "./list-after.ts";
import type { TriageRequest } from "./triage-dialog.tsx";
import { useTriageKeys } from "./triage-keys.ts";
import { useWhyNot } from "./use-may-triage.ts";
import { type Selection, useSelection } from "./use-selection.ts";
import { isUnderWay, useTriage } from "./use-triage.tsx";

/** As long as a row takes to fade. */
const LEAVING_MS = 200;
const NONE: ReadonlySet<string> = new Set();

type ListTriageOptions = {
  filter: FindingListFilter;
  findings: Finding[];
  total: FindingPage["total"] | undefined;
  /** The finding whose panel is open; it may not be in the part of the list that is loaded. */
  openId: string | null;
  /** The row that the keyboard is on, or whose panel is open; null = none. */
  rowIndex: number | null;
  /** Whether rows are on screen that can be selected. */
  hasRows: boolean;
  /** Called when rows have left: the first of them stood at this index. */
  onLeft: (index: number) => void;
};

export type ListTriage = {
  selection: Selection;
  /** Findings that fade out of the list. */
  leaving: ReadonlySet<string>;
  /** Begins an act about one finding. */
  startAbout: (id: string, kind: TriageActKind) => void;
  /** Begins an act about everything that matches. */
  startAboutAll: (filter: FindingListFilter, total: FindingPage["total"], kind: TriageActKind) => void;
  undo: (id: string) => void;
  /** The bar, the dialog, the progress. */
  element: ReactNode;
};

/** Triage in the list: what is selected, the keys, and what becomes of the rows that were decided about. */
export function useListTriage({
  filter,
  findings,
  total,
  openId,
  rowIndex,
  hasRows,
  onLeft,
}: ListTriageOptions): ListTriage {
  const selection = useSelection(findings, toConditionsText(filter));
  const whyNot = useWhyNot();
  const toast = useToast();
  const [leaving, setLeaving] = useState(NONE);
  const [menuIsOpen, setMenuIsOpen] = useState(false);
  const showDecided = useShowDecided(filter, {
    setLeaving,
    onLeft: (ids) => onLeft(findings.findIndex(({ id }) => ids.has(id))),
  });
  const triage = useTriage((decision, request) => {
    selection.clear();
    if (!isUnderWay(decision)) showDecided(decision, request);
  });

  const subject = (): Omit<TriageRequest, "kind"> | null => {
    if (selection.isAll) return { targets: { filter }, count: total?.exact ? total.count : null };
    if (selection.size > 0) return { targets: { findingIds: [...selection.ids] }, count: selection.size };
    const id = openId ?? findings[rowIndex ?? -1]?.id;
    return id === undefined ? null : { targets: { findingIds: [id] }, count: 1 };
  };
  const act = (kind: TriageActKind) => {
    const about = subject();
    const refusal = whyNot(kind);
    if (about && refusal !== null) toast.failed(refusal);
    else if (about) triage.start({ kind, ...about });
  };
  const openMenu = () => {
    if (selection.size === 0 && !selection.isAll && rowIndex !== null) selection.toggle(rowIndex);
    if (rowIndex !== null || selection.size > 0 || selection.isAll) setMenuIsOpen(true);
  };
  useTriageKeys({ selection, rowIndex, hasRows, onAct: act, onMenu: openMenu, onUndo: triage.undoLast });
  return {
    selection,
    leaving,
    startAbout: (id, kind) => triage.start({ kind, targets: { findingIds: [id] }, count: 1 }),
    startAboutAll: (all, { count, exact }, kind) =>
      triage.start({ kind, targets: { filter: all }, count: exact ? count : null }),
    undo: triage.undo,
    element: (
      <>
        {hasRows ? (
          <BulkBar selection={selection} total={total} menuIsOpen={menuIsOpen} onMenu={setMenuIsOpen} onAct={act} />
        ) : null}
        {triage.element}
      </>
    ),
  };
}

/**
 * Shows in the list what was decided. The rows on screen change or leave where they stand, so that nothing jumps; where
 * it is not known which of them did, the list is asked again. So is all else that counts findings.
 */
function useShowDecided(
  filter: FindingListFilter,
  { setLeaving, onLeft }: Record<"setLeaving" | "onLeft", (ids: ReadonlySet<string>) => void>,
) {
  const client = useQueryClient();
  const { queryKey } = findingsQuery(filter);
  return (decision: TriageDecision, request: TriageRequest | null) => {
    const ids = request && decision.state === "done" ? idsOf(decision, request) : null;
    const isList = (key: readonly unknown[]) => key[0] === "findings" && key[1] === "list";
    for (const name of ["findings", "overview", "trends", "triage"]) {
      client.invalidateQueries({ queryKey: [name], predicate: (query) => ids === null || !isList(query.queryKey) });
    }
    // Other lists are asked again when they are shown.
    client.removeQueries({ queryKey: ["findings", "list"], type: "inactive" });
    if (ids === null) return;
    if (!leavesList(filter, decision.act.kind)) {
      client.setQueryData(queryKey, (data) => data && withDecision(data, decision.act, ids));
      return;
    }
    setLeaving(ids);
    setTimeout(() => {
      client.setQueryData(queryKey, (data) => data && withoutFindings(data, ids));
      setLeaving(NONE);
      onLeft(ids);
    }, LEAVING_MS);
  };
}

/** Which findings the decision changed; null where that is not known here. */
function idsOf({ outcome }: TriageDecision, { targets }: TriageRequest): ReadonlySet<string> | null {
  const isWhole = Object.keys(outcome.leftOut).length === 0;
  return "findingIds" in targets && isWhole ? new Set(targets.findingIds) : null;
}
