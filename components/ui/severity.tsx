import { classNames } from "./class-names.ts";

/** Shape, letter, word and colour say the same, so that none of them is needed alone. Weight falls with severity. */
const LOOKS = {
  critical: {
    word: "Critical",
    letter: "C",
    text: "text-sev-critical-text",
    letterFill: "fill-sev-critical-on",
    letterY: 11.2,
    shape: <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" className="fill-sev-critical" />,
  },
  high: {
    word: "High",
    letter: "H",
    text: "text-sev-high-text",
    letterFill: "fill-sev-high-on",
    letterY: 12.4,
    shape: <path d="M8 .3l7.2 5.5v8.7a.7.7 0 0 1-.7.7h-13a.7.7 0 0 1-.7-.7V5.8z" className="fill-sev-high" />,
  },
  medium: {
    word: "Medium",
    letter: "M",
    text: "text-sev-medium-text",
    letterFill: "fill-sev-medium-on",
    letterY: 11.2,
    shape: <rect x="1" y="1" width="14" height="14" rx="2.5" className="fill-sev-medium" />,
  },
  low: {
    word: "Low",
    letter: "L",
    text: "text-sev-low-text",
    letterFill: "fill-sev-low-text",
    letterY: 9.7,
    shape: (
      <path
        d="M1.5 1.5h13v8.3L8 14.8 1.5 9.8z"
        className="fill-sev-low-soft stroke-sev-low"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    ),
  },
  untriaged: {
    word: "Untriaged",
    letter: "?",
    text: "text-sev-untriaged-text",
    letterFill: "fill-sev-untriaged-text",
    letterY: 11.2,
    shape: (
      <circle
        cx="8"
        cy="8"
        r="6.6"
        className="fill-none stroke-sev-untriaged"
        strokeWidth="1.5"
        strokeDasharray="2.6 2.58"
      />
    ),
  },
  info: {
    word: "Info",
    letter: "i",
    text: "text-sev-info-text",
    letterFill: "fill-sev-info-text",
    letterY: 11.2,
    shape: <circle cx="8" cy="8" r="6.7" className="fill-none stroke-control" strokeWidth="1.2" />,
  },
};

export type SeverityName = keyof typeof LOOKS;
/** Worst first, as they stand above. */
// Object.keys forgets what it knows.
export const SEVERITY_NAMES = Object.keys(LOOKS) as SeverityName[];
export const severityWord = (severity: SeverityName): string => LOOKS[severity].word;

/** Alone only where a column head or a list names it; then give a hidden word beside it. */
export function SeverityGlyph({ severity, className }: { severity: SeverityName; className?: string }) {
  const look = LOOKS[severity];
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={classNames("icon overflow-visible", className)}>
      {look.shape}
      <text x="8" y={look.letterY} fontSize="9" fontWeight="700" textAnchor="middle" className={look.letterFill}>
        {look.letter}
      </text>
    </svg>
  );
}

/** Glyph and word. `count` puts a number before the word, as in "3 critical". */
export function Severity({ severity, count, small }: { severity: SeverityName; count?: string; small?: boolean }) {
  const look = LOOKS[severity];
  const word = count === undefined ? look.word : `${count} ${look.word.toLowerCase()}`;
  return (
    <span className={classNames("inline-flex items-center gap-1.5 align-top font-medium whitespace-nowrap", look.text)}>
      <SeverityGlyph severity={severity} className={small ? "size-3.5" : undefined} />
      {word}
    </span>
  );
}
