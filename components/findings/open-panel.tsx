"use client";
import dynamic from "next/dynamic";
import { steadyUntil } from "#components/ui/steady-until.tsx";
import { PANEL_BOX } from "./panel-box.ts";

const load = () => import("./finding-panel.tsx");

/** Fetches the panel when the pointer or the keyboard comes to the list. Where that fails, opening it asks again. */
export const fetchPanel = (): void => void load().catch(() => {});

/** The panel of the open finding. Its place is taken at once, so that nothing moves when it comes. */
export const OpenPanel = steadyUntil(
  load,
  dynamic(() => import("./finding-panel.tsx").then(({ FindingPanel }) => FindingPanel), {
    loading: () => <aside aria-label="Open finding" aria-busy="true" className={PANEL_BOX} />,
  }),
);
