import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** Drawn on a grid of 16 with one stroke, so that a row of them reads as one set. */
const SHAPES = {
  arrow: <path d="M2.5 8h11M10 4.5L13.5 8 10 11.5" />,
  bookmark: <path d="M4 2.5h8v11L8 10.6l-4 2.9z" />,
  check: <path d="M3.5 8.5l3 3 6-7" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 4.8V8l2.2 1.5" />
    </>
  ),
  close: <path d="M4 4l8 8m0-8l-8 8" />,
  columns: (
    <>
      <rect x="2.5" y="3" width="11" height="10" rx="1.3" />
      <path d="M6.2 3v10M9.8 3v10" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.3" />
      <path d="M10.5 3.5v-.2a.8.8 0 0 0-.8-.8H3.3a.8.8 0 0 0-.8.8v6.4c0 .4.4.8.8.8h.2" />
    </>
  ),
  down: <path d="M4.5 6.5L8 10l3.5-3.5" />,
  coverage: (
    <>
      <rect x="2.5" y="2.5" width="4.5" height="4.5" rx="1" />
      <rect x="9" y="2.5" width="4.5" height="4.5" rx="1" />
      <rect x="2.5" y="9" width="4.5" height="4.5" rx="1" />
      <path d="M9.3 11.4l1.5 1.6 2.7-3.2" />
    </>
  ),
  download: <path d="M8 2.5v7m0 0L5 6.7m3 2.8l3-2.8M3 13.3h10" />,
  external: <path d="M9.5 3H13v3.5M13 3L7.5 8.5M11.5 9.5V12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5.5a1 1 0 0 1 1-1h2.5" />,
  file: (
    <>
      <path d="M4 2.5h5l3 3v8H4v-11z" />
      <path d="M9 2.5v3h3" />
    </>
  ),
  filter: <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />,
  findings: (
    <>
      <path d="M6 3.5h7.5M6 8h7.5M6 12.5h7.5" />
      <circle cx="2.9" cy="3.5" r=".9" />
      <circle cx="2.9" cy="8" r=".9" />
      <circle cx="2.9" cy="12.5" r=".9" />
    </>
  ),
  globe: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M2.5 8h11M8 2.3c2 2.3 2 9.1 0 11.4-2-2.3-2-9.1 0-11.4z" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M6.4 6.3a1.7 1.7 0 1 1 2.3 1.6c-.5.2-.7.5-.7 1.1M8 11.2h.01" />
    </>
  ),
  hide: (
    <>
      <path d="M2 8c1.5-2.7 3.5-4 6-4s4.5 1.3 6 4c-1.5 2.7-3.5 4-6 4S3.5 10.7 2 8z" />
      <path d="M3 13L13 3" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 7.3v3.5M8 5.2h.01" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="2.5" />
      <path d="M7 9l5.5-5.5M10.5 5.5l1.8 1.8" />
    </>
  ),
  layers: <path d="M8 2.5l5.5 3L8 8.5l-5.5-3zM2.5 8.5l5.5 3 5.5-3" />,
  link: (
    <path d="M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.3-2.3A2.6 2.6 0 0 0 9 3.3l-.7.7M9.3 6.7a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.7-.7" />
  ),
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1.3" />
      <path d="M5.5 7V5.3a2.5 2.5 0 0 1 5 0V7" />
    </>
  ),
  moon: <path d="M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />,
  overview: <path d="M2.5 13.5v-4m3.7 4V6.2m3.6 7.3V8.4m3.7 5.1v-11" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  refresh: <path d="M13 6.5A5.3 5.3 0 0 0 3.3 5.8M3 9.5a5.3 5.3 0 0 0 9.7.7M13 3.2v3.3H9.7M3 12.8V9.5h3.3" />,
  ring: <path d="M8 2.3A5.7 5.7 0 1 1 2.6 6.2" />,
  scans: (
    <path d="M2.5 5V3.5a1 1 0 0 1 1-1H5m6 0h1.5a1 1 0 0 1 1 1V5m0 6v1.5a1 1 0 0 1-1 1H11m-6 0H3.5a1 1 0 0 1-1-1V11M2.5 8h11" />
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="M10.3 10.3l3.2 3.2" />
    </>
  ),
  settings: (
    <>
      <path d="M2.5 4.5h6m4 0h1M2.5 11.5h1m4 0h6" />
      <circle cx="10.5" cy="4.5" r="1.8" />
      <circle cx="5.5" cy="11.5" r="1.8" />
    </>
  ),
  sort: <path d="M5 3v10m0 0l-2.3-2.3M5 13l2.3-2.3M9.5 4.5h4M9.5 8h3M9.5 11.5h2" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.6" />
      <path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1" />
    </>
  ),
  target: (
    <>
      <circle cx="8" cy="8" r="4.7" />
      <path d="M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3" />
    </>
  ),
  trends: <path d="M2 12l3.8-4.5 2.7 2.4L14 4m0 0h-3.2M14 4v3.2" />,
  undo: <path d="M3.5 6.5h6a3.3 3.3 0 0 1 0 6.5H6M3.5 6.5L6.3 3.7M3.5 6.5l2.8 2.8" />,
  up: <path d="M4.5 9.5L8 6l3.5 3.5" />,
  upload: <path d="M8 10V2.8m0 0L5 5.8m3-3l3 3M3 13.3h10" />,
  user: (
    <>
      <circle cx="8" cy="5.5" r="2.7" />
      <path d="M2.8 13.5c.6-2.6 2.6-4 5.2-4s4.6 1.4 5.2 4" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.6l6 10.6H2L8 2.6zM8 6.6v3" />
      <path d="M8 11.3h.01" />
    </>
  ),
  wrench: (
    <path d="M13.3 4.3l-2 2-1.6-1.6 2-2a3.2 3.2 0 0 0-4.2 4.2L3 11.4A1.13 1.13 0 0 0 4.6 13l4.5-4.5a3.2 3.2 0 0 0 4.2-4.2z" />
  ),
  zip: (
    <>
      <path d="M4 2.5h5l3 3v8H4v-11z" />
      <path d="M7.5 4v.01M7.5 6v.01M7.5 8v.01M6.8 10h1.4v1.7H6.8z" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** Always beside a word, or inside a control that has a name: it is hidden from screen readers. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={classNames("icon fill-none stroke-current", className)}
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {SHAPES[name]}
    </svg>
  );
}
