"use client";
import { useCallback, useRef, useState } from "react";
import { formatTotal } from "#components/ui/numbers.ts";
import { useShortcuts } from "#components/ui/shortcuts.ts";
import { FacetPane } from "./facet-pane.tsx";
import { FilterSheet } from "./filter-sheet.tsx";
import { toViewQuery } from "./findings-address.ts";
import { FindingsList } from "./findings-list.tsx";
import { ListBar } from "./list-bar.tsx";
import { fetchPanel, OpenPanel } from "./open-panel.tsx";
import { QueryBar } from "./query-bar.tsx";
import { RefusedFilters } from "./refused-filters.tsx";
import { useListTriage } from "./triage/use-list-triage.tsx";
import { useFacets } from "./use-facets.ts";
import { useFindingsAddress } from "./use-findings-address.ts";
import { useFindingsList } from "./use-findings-list.ts";
import type { Followed } from "./use-follow.ts";
import { useListColumns } from "./use-list-columns.ts";

/** Facets at the left, the list in the middle, the open finding at the right; all of it in the address. */
export function FindingsWorkspace() {
  const address = useFindingsAddress();
  const { filter, openId, setOpen } = address;
  const { list, findings, facets, total, news, showNews, loadMore } = useFindingsList(filter);
  const look = { columns: useListColumns(address), viewQuery: toViewQuery(address) };
  const [followed, setFollowed] = useState<Followed>(null);
  const facetPane = useFacets();
  const lastOpen = useRef<string | null>(null);
  const searchField = useRef<HTMLInputElement>(null);

  const openIndex = openId === null ? -1 : findings.findIndex(({ id }) => id === openId);
  const open = useCallback(
    (id: string) => {
      lastOpen.current = id;
      setOpen(id);
    },
    [setOpen],
  );
  const close = () => {
    setOpen(null);
    const index = findings.findIndex(({ id }) => id === openId);
    if (index >= 0) setFollowed({ index });
  };
  const step = (by: 1 | -1) => {
    const from = openIndex >= 0 ? openIndex : (followed?.index ?? -1);
    const to = Math.min(Math.max(from + by, 0), findings.length - 1);
    const finding = findings[to];
    if (!finding) return;
    if (to >= findings.length - 2) loadMore();
    setFollowed({ index: to });
    fetchPanel();
    if (openId !== null) open(finding.id);
  };
  const openFollowed = () => {
    const finding = findings[followed?.index ?? 0];
    if (finding) open(finding.id);
  };
  const triage = useListTriage({
    filter,
    findings,
    total,
    openId,
    rowIndex: openIndex >= 0 ? openIndex : (followed?.index ?? null),
    hasRows: address.by === null && filter.asOf === undefined && findings.length > 0,
    // The keyboard goes on with what stands there now.
    onLeft: (index) => index >= 0 && setFollowed({ index }),
  });
  const openOrClose = () => {
    if (openId !== null) close();
    else if (lastOpen.current !== null) open(lastOpen.current);
    else openFollowed();
  };
  const closeOrClear = () => (openId === null ? triage.selection.clear() : close());
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    o: openFollowed,
    Escape: closeOrClear,
    "/": () => searchField.current?.focus(),
    i: () => address.setBy(address.by === "issue" ? null : "issue"),
    "[": facetPane.switchOver,
    "]": openOrClose,
  });

  const facetList = { filter, facets, onToggle: address.toggle };
  return (
    <div className="relative flex h-full min-h-0">
      <FacetPane {...facetList} pane={facetPane} />
      <div onPointerEnter={fetchPanel} className="@container relative flex min-h-0 min-w-0 flex-1 flex-col">
        <QueryBar
          filter={filter}
          facets={facets}
          fieldRef={searchField}
          onRemove={(name) => address.setCondition(name, [])}
          onText={address.setText}
          onConditions={address.setConditions}
        />
        <RefusedFilters refused={address.refused} />
        <ListBar
          filter={filter}
          total={total}
          isBusy={list.isFetching}
          news={news === null ? null : { text: news, onShow: showNews }}
          by={address.by}
          {...look}
          viewId={address.viewId}
          onBy={address.setBy}
          onSort={address.setSort}
          onFilters={facetPane.openSheet}
          onUndo={triage.undo}
        />
        <FindingsList
          list={list}
          findings={findings}
          total={total}
          facets={facets}
          address={address}
          {...look}
          followed={followed}
          selection={triage.selection}
          leaving={triage.leaving}
          onOpen={open}
          onNearEnd={loadMore}
          onActOnAll={triage.startAboutAll}
        />
        {triage.element}
      </div>
      {openId === null ? null : (
        <OpenPanel
          id={openId}
          place={openIndex < 0 || !total ? null : `${openIndex + 1} of ${formatTotal(total)}`}
          onClose={close}
          onStep={step}
          onAct={(kind) => triage.startAbout(openId, kind)}
        />
      )}
      <FilterSheet {...facetList} {...facetPane.sheet} total={total} onClear={address.clear} />
    </div>
  );
}
