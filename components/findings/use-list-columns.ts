"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useToast } from "#components/ui/toast.tsx";
import { chooseListColumns, listColumnsQuery } from "#lib/client/findings.ts";
import { isSameColumns, type ListColumn, USUAL_COLUMNS } from "#lib/domain/list-column-words.ts";
import type { useFindingsAddress } from "./use-findings-address.ts";

export type ShownColumns = {
  shown: readonly ListColumn[];
  /** They are other than the usual ones: a person chose them. */
  isChosen: boolean;
  choose: (columns: readonly ListColumn[]) => void;
};

type Address = Pick<ReturnType<typeof useFindingsAddress>, "columns" | "viewId" | "setColumns">;

/**
 * What the list shows of each finding: what its address says, else what the person chose, else the usual. A choice goes
 * into the address. It is the person's from then on, unless a view is open: there it changes that view's list alone.
 */
export function useListColumns({ columns, viewId, setColumns }: Address): ShownColumns {
  const client = useQueryClient();
  const toast = useToast();
  const kept = useQuery(listColumnsQuery()).data?.columns;
  const keep = useMutation({
    mutationFn: chooseListColumns,
    scope: { id: "list-columns" }, // one after the other: the last choice stays
    onError: ({ message }) => toast.failed(`These columns are not kept for your other lists: ${message}`),
  });
  const own = kept && kept.length > 0 ? kept : USUAL_COLUMNS;
  const said = columns?.join();
  // The same while the columns are: each row has it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` is what of `columns` counts
  const shown = useMemo(() => columns ?? own, [said, own]);
  const choose = (chosen: readonly ListColumn[]) => {
    const isUsual = isSameColumns(chosen, USUAL_COLUMNS);
    if (viewId === null) {
      const mine = { columns: isUsual ? [] : [...chosen] };
      client.setQueryData(listColumnsQuery().queryKey, mine);
      keep.mutate(mine);
    }
    const isSaidByItself = viewId === null ? isUsual : isSameColumns(chosen, own);
    setColumns(isSaidByItself ? null : [...chosen]);
  };
  return { shown, isChosen: !isSameColumns(shown, USUAL_COLUMNS), choose };
}
