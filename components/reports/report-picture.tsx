import type { Paint, Picture, Shape } from "#lib/domain/paper.ts";

const FILLS: Record<Paint, string> = {
  critical: "fill-sev-critical",
  high: "fill-sev-high",
  medium: "fill-sev-medium",
  low: "fill-sev-low",
  untriaged: "fill-sev-untriaged",
  info: "fill-sev-info",
  new: "fill-chart-new",
  closed: "fill-chart-closed",
  net: "fill-chart-net",
  text: "fill-text",
  "text-2": "fill-text-2",
  grid: "fill-chart-grid",
  axis: "fill-chart-axis",
  gap: "fill-chart-gap",
  surface: "fill-surface",
};
const STROKES: Partial<Record<Paint, string>> = {
  net: "stroke-chart-net",
  grid: "stroke-chart-grid",
  axis: "stroke-chart-axis",
  surface: "stroke-surface",
};

/** A drawing of a report, once as wide as the column and once as a small screen: it is never scaled down. */
export function ReportPicture({ wide, narrow }: { wide: Picture; narrow: Picture }) {
  return (
    <figure className="my-2 break-inside-avoid">
      <Drawing picture={wide} className="max-md:hidden" />
      <Drawing picture={narrow} className="md:hidden" />
    </figure>
  );
}

function Drawing({ picture, className }: { picture: Picture; className: string }) {
  const { alt, width, height, shapes } = picture;
  return (
    <svg role="img" aria-label={alt} viewBox={`0 0 ${width} ${height}`} className={`block h-auto w-full ${className}`}>
      {shapes.map((shape, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing is frozen, its shapes never change places
        <Drawn key={index} shape={shape} />
      ))}
    </svg>
  );
}

const pathOf = (points: [number, number][]): string =>
  points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

function Drawn({ shape }: { shape: Shape }) {
  switch (shape.kind) {
    case "rect": {
      const { x, y, width, height, fill } = shape;
      return <rect x={x} y={y} width={width} height={height} className={FILLS[fill]} data-fill />;
    }
    case "area":
      return (
        <path
          d={`${pathOf(shape.points)}Z`}
          className={`stroke-surface ${FILLS[shape.fill]}`}
          strokeWidth={1.5}
          data-fill
        />
      );
    case "line":
      return <Stroke points={[shape.from, shape.to]} shape={shape} />;
    case "path":
      return <Stroke points={shape.points} shape={shape} />;
    case "text": {
      const { x, y, text, side, fill, isStrong } = shape;
      return (
        <text x={x} y={y} textAnchor={side} className={`text-[12px] ${FILLS[fill]} ${isStrong ? "font-semibold" : ""}`}>
          {text}
        </text>
      );
    }
  }
}

type Stroked = Extract<Shape, { kind: "line" | "path" }>;

function Stroke({ points, shape }: { points: [number, number][]; shape: Stroked }) {
  const { stroke, width, dash } = shape;
  return (
    <path
      d={pathOf(points)}
      className={`fill-none ${STROKES[stroke] ?? "stroke-text"}`}
      strokeWidth={width}
      strokeDasharray={dash}
    />
  );
}
