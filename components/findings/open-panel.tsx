"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Boundary } from "#components/ui/boundary.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";
import { steadyUntil } from "#components/ui/steady-until.tsx";
import { findingQuery } from "#lib/client/findings.ts";
import type { FindingPanelProps } from "./finding-panel.tsx";
import { PANEL_BOX } from "./panel-box.ts";

const load = () => import("./finding-panel.tsx");

/** Fetches the panel when the pointer or the keyboard comes to the list. Where that fails, opening it asks again. */
export const fetchPanel = (): void => void load().catch(() => {});

// Its place is taken at once, so that nothing moves when it comes.
const Panel = steadyUntil(
  load,
  dynamic(() => import("./finding-panel.tsx").then(({ FindingPanel }) => FindingPanel), {
    loading: () => <aside aria-label="Open finding" aria-busy="true" className={PANEL_BOX} />,
  }),
);

/** The panel of the open finding. One that cannot be drawn says so in its place: the list beside it goes on. */
export function OpenPanel(props: FindingPanelProps) {
  const { id, onClose } = props;
  const client = useQueryClient();
  return (
    <Boundary
      of={id}
      fallback={(again) => (
        <aside aria-label="Open finding" className={PANEL_BOX}>
          <ErrorNotice title="This finding could not be shown" text="Nothing was changed, and the list is as it was.">
            <Button
              look="main"
              icon="refresh"
              onClick={() => {
                // What came may be what cannot be drawn.
                client.removeQueries(findingQuery(id));
                again();
              }}
            >
              Try again
            </Button>
            <Button onClick={onClose}>Close</Button>
          </ErrorNotice>
        </aside>
      )}
    >
      <Panel {...props} />
    </Boundary>
  );
}
