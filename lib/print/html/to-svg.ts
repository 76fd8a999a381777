import type { Picture, Shape } from "#lib/domain/paper.ts";
import { PAINTS } from "../paints.ts";
import { html, type Markup } from "./markup.ts";

const round = (value: number): number => Math.round(value * 100) / 100;
const pathOf = (points: [number, number][]): string =>
  points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");

/** A drawing as SVG that needs nothing around it. */
export function toSvg({ alt, width, height, shapes }: Picture): Markup {
  return html`<svg role="img" aria-label="${alt}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${shapes.map(toElement)}</svg>`;
}

function toElement(shape: Shape): Markup {
  switch (shape.kind) {
    case "rect":
      return html`<rect x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" height="${round(shape.height)}" fill="${PAINTS[shape.fill]}"/>`;
    case "line":
      return html`<path d="${pathOf([shape.from, shape.to])}" fill="none" stroke="${PAINTS[shape.stroke]}" stroke-width="${shape.width}"${toDash(shape.dash)}/>`;
    case "path":
      return html`<path d="${pathOf(shape.points)}" fill="none" stroke="${PAINTS[shape.stroke]}" stroke-width="${shape.width}"${toDash(shape.dash)}/>`;
    case "area":
      return html`<path d="${pathOf(shape.points)}Z" fill="${PAINTS[shape.fill]}" stroke="${PAINTS.surface}" stroke-width="1.5"/>`;
    case "text":
      return html`<text x="${round(shape.x)}" y="${round(shape.y)}" text-anchor="${shape.side}" fill="${PAINTS[shape.fill]}" font-weight="${shape.isStrong ? 600 : 400}">${shape.text}</text>`;
  }
}

const toDash = (dash: number | undefined): Markup | null =>
  dash === undefined ? null : html` stroke-dasharray="${dash} ${dash}"`;
