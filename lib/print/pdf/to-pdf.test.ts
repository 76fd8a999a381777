import { getDocument, OPS, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import { aReportContent } from "#testing/a-report.ts";
import { toPaper } from "../to-paper.ts";
import { toPdf } from "./to-pdf.ts";

const madeAt = new Date("2026-11-01T09:00:00Z");
const paper = toPaper(aReportContent());

/** The file as another program reads it. */
async function read(changes: Parameters<typeof aReportContent>[0] = {}): Promise<PDFDocumentProxy> {
  const bytes = await toPdf(toPaper(aReportContent(changes)), madeAt);
  return await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise;
}

async function pagesOf(document: PDFDocumentProxy) {
  return await Promise.all(Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1)));
}

async function textOf(document: PDFDocumentProxy): Promise<string> {
  const contents = await Promise.all((await pagesOf(document)).map((page) => page.getTextContent()));
  return contents.map(({ items }) => items.map((item) => ("str" in item ? item.str : "")).join(" ")).join(" ");
}

type Tree = NonNullable<Awaited<ReturnType<PDFPageProxy["getStructTree"]>>>;
type Node = Tree["children"][number];

/** What an element and all under it say of themselves. */
function namesOf(node: Node, name: "role" | "alt"): string[] {
  const own = name in node ? [String(node[name as keyof Node])] : []; // alt is missing in pdfjs's types
  return [...own, ...("children" in node ? node.children.flatMap((child) => namesOf(child, name)) : [])];
}

/** Of all pages, one after the other: an element that lies on two is in both. */
async function allNames(document: PDFDocumentProxy, name: "role" | "alt"): Promise<string[]> {
  const trees = await Promise.all((await pagesOf(document)).map((page) => page.getStructTree()));
  return trees.flatMap((tree) => tree?.children ?? []).flatMap((node) => namesOf(node, name));
}

const even = (text: string): string => text.replace(/\s+/g, " ");

test("the file says everything that the paper says, in its order", async () => {
  const text = even(await textOf(await read()));
  for (const { name, value, note } of paper.figures)
    for (const word of [name, value, note]) expect(text).toContain(even(word));
  const places = paper.sections.map(({ title, note }) => text.indexOf(even(`${title} ${note}`)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(Math.min(...places)).toBeGreaterThan(0);
  for (const cell of paper.sections.flatMap(({ table }) => table?.rows.flat() ?? []))
    expect(text).toContain(even(cell.text));
});

test("it is titled, dated, in a language, and each page has its number", async () => {
  const document = await read();
  const { info, metadata } = await document.getMetadata();
  expect(info).toMatchObject({
    Title: "Security report: October 2026",
    Language: "en",
    CreationDate: "D:20261101090000Z",
  });
  expect(metadata?.getRaw()).toContain("pdfuaid:part");
  expect(document.numPages).toBeLessThanOrEqual(4);
  const text = await textOf(document);
  for (let page = 1; page <= document.numPages; page += 1)
    expect(text).toContain(`Page ${page} of ${document.numPages}`);
  expect(text).toContain("as of 2026-10-31 23:59 UTC");
});

test("it is tagged: one first heading, a heading a section, tables with heads, drawings with words", async () => {
  const document = await read();
  const info = await document.getMarkInfo();
  expect(info).toMatchObject({ Marked: true });
  const roles = await allNames(document, "role");
  const count = (role: string) => roles.filter((one) => one === role).length;
  expect(count("H1")).toBe(1);
  expect(count("H2")).toBe(paper.sections.length + 1);
  const tables = paper.sections.flatMap(({ table }) => table ?? []);
  expect(count("TD")).toBe(tables.reduce((sum, { heads, rows }) => sum + rows.length * (heads.length - 1), 0));
  expect(count("TH")).toBe(tables.reduce((sum, { heads, rows }) => sum + rows.length + heads.length, 0));
  expect((await allNames(document, "alt")).sort()).toEqual(
    paper.sections.flatMap(({ picture }) => picture?.alt ?? []).sort(),
  );
});

test("its drawings are lines and areas, never pictures", async () => {
  const lists = await Promise.all((await pagesOf(await read())).map((page) => page.getOperatorList()));
  const used = new Set(lists.flatMap(({ fnArray }) => fnArray));
  expect(used.has(OPS.constructPath)).toBe(true);
  expect(
    [OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject].some((op) => used.has(op)),
  ).toBe(false);
});

test("the same report is the same file, byte by byte", async () => {
  expect((await toPdf(paper, madeAt)).equals(await toPdf(toPaper(aReportContent()), madeAt))).toBe(true);
});

test("long tables go on to the next page, and names that would break the page do not", async () => {
  const name = `${"a-very-long-name-without-a-space".repeat(8)}\u202Egpj.exe`;
  const movers = Array.from({ length: 4 }, (_, index) => ({ label: `${index}${name}`, about: null, net: index + 1 }));
  const gaps = Array.from({ length: 40 }, (_, index) => ({
    from: "2026-10-13",
    to: "2026-10-15",
    account: `account-${index}`,
    region: "eu-west-1",
    source: "inspector" as const,
  }));
  const text = await textOf(await read({ movers: [{ by: "account", movers }], gaps }));
  expect(text).toContain("account-11");
  expect(text).not.toContain("\u202E");
});

test("a report on nothing has its file too", async () => {
  const empty = await read({
    open: { before: null, after: {} },
    bars: [],
    barsBefore: null,
    series: [],
    gaps: [],
    fixes: { now: null, before: null, months: [] },
    ages: [],
    movers: [],
    teams: [],
    sla: null,
    coverage: null,
    exceptions: null,
  });
  expect(await textOf(empty)).toContain("0 findings are open");
});
