import { LINE, PAINTS, QUIET } from "../paints.ts";

type Element = PDFKit.PDFStructureElement;
type Style = { size: number; colour?: string; isStrong?: boolean; after?: number };
// pdfkit's types do not know of a header cell's scope yet.
type Tags = PDFKit.Mixins.StructureElementOptions & {
  bbox?: [number, number, number, number];
  scope?: "Row" | "Column";
};

/**
 * Pages that are written from the top, and the tree of what is on them: what is drawn between `begin` and `end` lies
 * under that element. What is drawn in no element is no content, and is marked so.
 */
export class Sheet {
  readonly document: PDFKit.PDFDocument;
  readonly left: number;
  readonly width: number;
  /** Where the next thing goes. */
  y: number;
  #open: Element[];

  constructor(document: PDFKit.PDFDocument) {
    const { margins, width } = document.page;
    this.document = document;
    this.left = margins.left;
    this.width = width - margins.left - margins.right;
    this.y = margins.top;
    const root = document.struct("Document");
    document.addStructure(root);
    this.#open = [root];
  }

  get #bottom(): number {
    return this.document.page.height - this.document.page.margins.bottom;
  }

  /** Opens an element under the one that is open. */
  begin(type: string, tags: Tags = {}): void {
    const element = this.document.struct(type, tags);
    this.#open.at(-1)?.add(element);
    this.#open.push(element);
  }

  end(): void {
    this.#open.pop()?.end();
  }

  /** Draws something as one element. */
  tag(type: string, draw: () => void, tags: Tags = {}): void {
    const element = this.document.struct(type, tags, draw);
    this.#open.at(-1)?.add(element);
  }

  /** Draws what says nothing: rules, running heads. */
  mark(draw: () => void): void {
    this.document.markContent("Artifact", { type: "Layout" });
    draw();
    this.document.endMarkedContent();
  }

  /** Goes on to the next page where less than `height` is left. Returns whether it did. */
  keep(height: number): boolean {
    if (this.y + height <= this.#bottom) return false;
    this.document.addPage();
    this.y = this.document.page.margins.top;
    return true;
  }

  /** Makes room and returns its top. */
  reserve(height: number): number {
    this.keep(height);
    return this.y;
  }

  gap(height: number): void {
    if (this.y > this.document.page.margins.top) this.y += height;
  }

  /** Writes a paragraph over the whole width. */
  write(type: string, text: string, { size, colour = PAINTS.text, isStrong, after = 2 }: Style): void {
    const { document, left, width } = this;
    document.font(isStrong ? "strong" : "text").fontSize(size);
    const height = document.heightOfString(text, { width, lineGap: 1 });
    const y = this.reserve(height);
    this.tag(type, () => document.fillColor(colour).text(text, left, y, { width, lineGap: 1 }));
    this.y = y + height + after;
  }

  /** Closes the tree, and puts `foot` and the page's number under each page. */
  finish(foot: string): void {
    while (this.#open.length > 0) this.end();
    const { document, left, width } = this;
    const { start, count } = document.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      document.switchToPage(start + index);
      // What is written below the margin would begin a page.
      document.page.margins.bottom = 0;
      const y = document.page.height - 36;
      this.mark(() => {
        document
          .moveTo(left, y - 6)
          .lineTo(left + width, y - 6)
          .lineWidth(0.5)
          .stroke(LINE);
        document
          .font("text")
          .fontSize(7.5)
          .fillColor(QUIET)
          .text(foot, left, y, { width: width - 80, lineBreak: false });
        document.text(`Page ${index + 1} of ${count}`, left + width - 80, y, {
          width: 80,
          align: "right",
          lineBreak: false,
        });
      });
    }
  }
}
