import { join } from "node:path";
import PDFDocument from "pdfkit";
import type { Figure, Paper, Section } from "#lib/domain/paper.ts";
import { WIDE } from "../charts/shapes.ts";
import { LINE, PAINTS, QUIET, TONES } from "../paints.ts";
import { drawPicture } from "./draw-picture.ts";
import { drawTable } from "./draw-table.ts";
import { Sheet } from "./sheet.ts";

// Beside the process's working directory, which is the checkout: a bundler would look for them elsewhere.
const FONTS = join(process.cwd(), "node_modules", "geist", "dist", "fonts", "geist-sans");
const FIGURES_A_ROW = 4;
const FIGURE_HEIGHT = 60;

/**
 * A paper as PDF on A4: tagged for who hears it (PDF/UA), drawings as vectors, fonts within. `madeAt` is the file's date;
 * the same paper and date give the same bytes.
 */
export async function toPdf(paper: Paper, madeAt: Date): Promise<Buffer> {
  const document = new PDFDocument({
    size: "A4",
    margins: { top: 46, bottom: 54, left: 42, right: 42 },
    bufferPages: true,
    pdfVersion: "1.7",
    // pdfkit's types do not know of it yet.
    subset: "PDF/UA" as "PDF/A-1",
    tagged: true,
    lang: "en",
    displayTitle: true,
    info: {
      Title: paper.title,
      Subject: `${paper.about}, as of ${paper.asOf}`,
      Creator: "Sightline",
      CreationDate: madeAt,
    },
  });
  document.registerFont("text", join(FONTS, "Geist-Regular.ttf"));
  document.registerFont("strong", join(FONTS, "Geist-SemiBold.ttf"));
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  const sheet = new Sheet(document);
  drawHead(sheet, paper);
  for (const section of paper.sections) drawSection(sheet, section);
  drawTerms(sheet, paper.terms);
  sheet.finish(`${paper.title} · as of ${paper.asOf}`);
  document.end();
  return await whole;
}

function drawHead(sheet: Sheet, { title, about, asOf, lead, figures }: Paper): void {
  sheet.write("H1", title, { size: 19, isStrong: true });
  sheet.write("P", `${about} · as of ${asOf}`, { size: 9, colour: QUIET, after: 8 });
  sheet.write("P", lead, { size: 10.5, after: 10 });
  // No row of one below a full one.
  const aRow = Math.ceil(figures.length / Math.ceil(figures.length / FIGURES_A_ROW));
  const width = sheet.width / aRow;
  for (let start = 0; start < figures.length; start += aRow) {
    const top = sheet.reserve(FIGURE_HEIGHT);
    for (const [index, figure] of figures.slice(start, start + aRow).entries())
      drawFigure(sheet, figure, { x: sheet.left + index * width, y: top, width: width - 10 });
    sheet.y = top + FIGURE_HEIGHT;
  }
}

type Box = { x: number; y: number; width: number };

function drawFigure(sheet: Sheet, { name, value, change, tone, note }: Figure, { x, y, width }: Box): void {
  const { document } = sheet;
  sheet.tag("P", () => {
    document
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.75)
      .stroke(LINE);
    document
      .font("text")
      .fontSize(8.5)
      .fillColor(PAINTS["text-2"])
      .text(name, x, y + 6, { width });
    document
      .font("strong")
      .fontSize(16)
      .fillColor(PAINTS.text)
      .text(value, x, y + 17, { lineBreak: false });
    const beside = x + document.font("strong").fontSize(16).widthOfString(value) + 5;
    if (change !== null)
      document
        .font("strong")
        .fontSize(8.5)
        .fillColor(TONES[tone])
        .text(change, beside, y + 24, { lineBreak: false });
    document
      .font("text")
      .fontSize(7.5)
      .fillColor(QUIET)
      .text(note, x, y + 38, { width, height: 20, lineGap: -1 });
  });
}

function drawSection(sheet: Sheet, { title, note, picture, table }: Section): void {
  const scale = sheet.width / WIDE.width;
  const height = picture ? picture.height * scale : 60;
  // A heading never stands alone at the foot of a page.
  sheet.keep(56 + height);
  sheet.gap(10);
  sheet.begin("Sect");
  sheet.write("H2", title, { size: 12, isStrong: true });
  sheet.write("P", note, { size: 8.5, colour: PAINTS["text-2"], after: 5 });
  if (picture) {
    const y = sheet.reserve(height);
    const box: [number, number, number, number] = [sheet.left, y, sheet.left + sheet.width, y + height];
    sheet.tag("Figure", () => drawPicture(sheet.document, picture, { x: sheet.left, y, scale }), {
      alt: picture.alt,
      bbox: box,
    });
    sheet.y = y + height + 6;
  }
  if (table) drawTable(sheet, table);
  sheet.end();
}

function drawTerms(sheet: Sheet, terms: Paper["terms"]): void {
  sheet.keep(90);
  sheet.gap(10);
  sheet.begin("Sect");
  sheet.write("H2", "How this is counted", { size: 12, isStrong: true, after: 3 });
  for (const { term, text } of terms)
    sheet.write("P", `${term}. ${text}`, { size: 8, colour: PAINTS["text-2"], after: 3 });
  sheet.end();
}
