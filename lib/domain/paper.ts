/**
 * A report as it is laid out, before it is a page, a file or an e-mail: every form of it is made of the same words,
 * numbers and drawings.
 */
export type Paper = {
  title: string;
  /** Days and scope, in one line. */
  about: string;
  /** The moment that it is told of. */
  asOf: string;
  lead: string;
  figures: Figure[];
  sections: Section[];
  terms: { term: string; text: string }[];
};

export type Tone = "good" | "bad" | "plain";

/** A headline number. `href` leads to what it counts. */
export type Figure = {
  name: string;
  value: string;
  change: string | null;
  tone: Tone;
  note: string;
  href: string | null;
};

export type Section = {
  title: string;
  note: string;
  picture: Picture | null;
  table: Grid | null;
  isTableFolded: boolean;
};

/** Rows under heads; the first cell of a row names it. `sides`: how each column is set. */
export type Grid = { heads: string[]; sides: ("left" | "right")[]; rows: GridCell[][] };
export type GridCell = { text: string; tone?: Tone; href?: string | null };

/** A drawing in points from the top left, with what it shows in words for who cannot see it. */
export type Picture = { alt: string; width: number; height: number; shapes: Shape[] };

export type Paint =
  | "critical"
  | "high"
  | "medium"
  | "low"
  | "untriaged"
  | "info"
  | "new"
  | "closed"
  | "net"
  | "text"
  | "text-2"
  | "grid"
  | "axis"
  | "gap"
  | "surface";

export type Shape =
  | { kind: "rect"; x: number; y: number; width: number; height: number; fill: Paint }
  | { kind: "line"; from: [number, number]; to: [number, number]; stroke: Paint; width: number; dash?: number }
  | { kind: "area"; points: [number, number][]; fill: Paint }
  | { kind: "path"; points: [number, number][]; stroke: Paint; width: number; dash?: number }
  | {
      kind: "text";
      x: number;
      y: number;
      text: string;
      side: "start" | "middle" | "end";
      fill: Paint;
      isStrong?: boolean;
    };
