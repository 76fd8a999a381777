import type { Picture, Shape } from "#lib/domain/paper.ts";
import { PAINTS } from "../paints.ts";

type Document = PDFKit.PDFDocument;
/** Where a drawing goes, and how much smaller than it was made. */
type Place = { x: number; y: number; scale: number };

const TEXT_SIZE = 12;
/** How much of a text lies before its place. */
const PART_BEFORE = { start: 0, middle: 0.5, end: 1 };

/** Draws a picture as vectors, its text as text. */
export function drawPicture(document: Document, { shapes }: Picture, { x, y, scale }: Place): void {
  document.save().translate(x, y).scale(scale);
  for (const shape of shapes) drawShape(document, shape);
  document.restore();
}

function drawShape(document: Document, shape: Shape): void {
  switch (shape.kind) {
    case "rect":
      document.rect(shape.x, shape.y, shape.width, shape.height).fill(PAINTS[shape.fill]);
      return;
    case "line":
      stroke(trace(document, [shape.from, shape.to]), shape);
      return;
    case "path":
      stroke(trace(document, shape.points), shape);
      return;
    case "area":
      trace(document, shape.points).closePath().lineWidth(1.5).fillAndStroke(PAINTS[shape.fill], PAINTS.surface);
      return;
    case "text":
      drawText(document, shape);
      return;
  }
}

function trace(document: Document, points: [number, number][]): Document {
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) document.moveTo(x, y);
    else document.lineTo(x, y);
  }
  return document;
}

type Stroked = Extract<Shape, { kind: "line" | "path" }>;

function stroke(document: Document, { stroke: paint, width, dash }: Stroked): void {
  document.lineWidth(width);
  if (dash !== undefined) document.dash(dash, { space: dash });
  document.stroke(PAINTS[paint]);
  document.undash();
}

function drawText(document: Document, { x, y, text, side, fill, isStrong }: Extract<Shape, { kind: "text" }>): void {
  document
    .font(isStrong ? "strong" : "text")
    .fontSize(TEXT_SIZE)
    .fillColor(PAINTS[fill]);
  const width = document.widthOfString(text);
  document.text(text, x - width * PART_BEFORE[side], y, { lineBreak: false, baseline: "alphabetic" });
}
