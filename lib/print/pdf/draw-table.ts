import type { Grid, GridCell } from "#lib/domain/paper.ts";
import { LINE, PAINTS, QUIET, TONES } from "../paints.ts";
import type { Sheet } from "./sheet.ts";

const SIZE = 8.5;
const PAD = 3.5;
const BETWEEN = 8;
const NARROWEST = 34;
const TOGETHER = 6;

type Column = { x: number; width: number; side: "left" | "right" };

/** A table with its heads, which are repeated on each page that it goes on to; a row is never cut in two. */
export function drawTable(sheet: Sheet, grid: Grid): void {
  const columns = toColumns(sheet, grid);
  sheet.begin("Table");
  drawHeads(sheet, grid, columns);
  for (const cells of grid.rows) {
    const height = heightOf(sheet, cells, columns);
    if (sheet.keep(height)) sheet.mark(() => writeHeads(sheet, grid, columns));
    const y = sheet.y;
    sheet.begin("TR");
    for (const [index, cell] of cells.entries()) {
      const column = columns[index];
      if (!column) continue;
      const colour = cell.tone ? TONES[cell.tone] : PAINTS.text;
      const draw = () => write(sheet, cell.text, { column, y, colour });
      if (index === 0) sheet.tag("TH", draw, { scope: "Row" });
      else sheet.tag("TD", draw);
    }
    sheet.end();
    rule(sheet, y + height, PAINTS.grid);
    sheet.y = y + height;
  }
  sheet.end();
  sheet.y += 6;
}

function drawHeads(sheet: Sheet, grid: Grid, columns: Column[]): void {
  // The heads stay with the first rows.
  const first = grid.rows.slice(0, TOGETHER).reduce((sum, cells) => sum + heightOf(sheet, cells, columns), 0);
  sheet.keep(SIZE + PAD * 2 + 1 + first);
  const y = sheet.y;
  sheet.begin("TR");
  for (const [index, column] of columns.entries())
    sheet.tag("TH", () => write(sheet, grid.heads[index] ?? "", { column, y, colour: QUIET }), { scope: "Column" });
  sheet.end();
  finishHeads(sheet, y);
}

function writeHeads(sheet: Sheet, { heads }: Grid, columns: Column[]): void {
  const y = sheet.y;
  for (const [index, column] of columns.entries()) write(sheet, heads[index] ?? "", { column, y, colour: QUIET });
  const below = y + SIZE + PAD * 2 + 1;
  sheet.document
    .moveTo(sheet.left, below)
    .lineTo(sheet.left + sheet.width, below)
    .lineWidth(0.5)
    .stroke(LINE);
  sheet.y = below;
}

function finishHeads(sheet: Sheet, y: number): void {
  sheet.y = y + SIZE + PAD * 2 + 1;
  rule(sheet, sheet.y, LINE);
}

function rule(sheet: Sheet, y: number, colour: string): void {
  const { left, width, document } = sheet;
  sheet.mark(() =>
    document
      .moveTo(left, y)
      .lineTo(left + width, y)
      .lineWidth(0.5)
      .stroke(colour),
  );
}

type Text = { column: Column; y: number; colour: string };

function write({ document }: Sheet, text: string, { column, y, colour }: Text): void {
  const { x, width, side } = column;
  document
    .font("text")
    .fontSize(SIZE)
    .fillColor(colour)
    .text(text, x, y + PAD, { width, align: side });
}

function heightOf({ document }: Sheet, cells: GridCell[], columns: Column[]): number {
  document.font("text").fontSize(SIZE);
  const heights = cells.map(({ text }, index) =>
    document.heightOfString(text, { width: columns[index]?.width ?? NARROWEST }),
  );
  return Math.max(...heights) + PAD * 2;
}

/** As wide as what is in them; what is left, or is missing, is the first one's. */
function toColumns({ document, left, width }: Sheet, { heads, sides, rows }: Grid): Column[] {
  document.font("text").fontSize(SIZE);
  const most = width / Math.min(heads.length, 4);
  const wanted = heads.map((head, index) => {
    const texts = [head, ...rows.map((cells) => cells[index]?.text ?? "")];
    const widest = Math.max(...texts.map((text) => document.widthOfString(text)));
    return Math.min(most, Math.max(NARROWEST, Math.ceil(widest) + 1)) + BETWEEN;
  });
  const rest = wanted.slice(1).reduce((sum, one) => sum + one, 0);
  let x = left;
  return wanted.map((own, index) => {
    const wide = index === 0 ? Math.max(90, width - rest) : own;
    const column = {
      x: x + (index === 0 ? 0 : BETWEEN),
      width: wide - (index === 0 ? 0 : BETWEEN),
      side: sides[index] ?? "left",
    };
    x += wide;
    return column;
  });
}
