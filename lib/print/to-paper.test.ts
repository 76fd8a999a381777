import { expect, test } from "vitest";
import { aReportContent } from "#testing/a-report.ts";
import { NARROW } from "./charts/shapes.ts";
import { toHtml } from "./html/to-html.ts";
import { toMail } from "./mail/to-mail.ts";
import { toPaper } from "./to-paper.ts";

const figure = (name: string, content = aReportContent()) => toPaper(content).figures.find((one) => one.name === name);

test("each headline number stands beside what it was, and leads to what it counts", () => {
  expect(figure("Open")).toMatchObject({
    value: "5,643",
    change: "−127",
    tone: "good",
    note: "since 2026-10-01, from 5,770",
  });
  expect(figure("Open")?.href).toBe("/findings?status=active&asOf=2026-10-31T23%3A59%3A59.999Z");
  expect(figure("New")).toMatchObject({ value: "312", change: "+62", tone: "bad" });
  expect(figure("Fixed")).toMatchObject({ value: "401", change: "+80", tone: "good" });
  expect(figure("Overdue")).toMatchObject({ value: "77", change: "−13", tone: "good", note: "12 more at risk" });
  expect(figure("SLA compliance")).toMatchObject({ value: "94\u00a0%", change: "+3 points", tone: "good" });
});

test("what nothing is known of has no change, which is not ±0", () => {
  const content = aReportContent({ open: { before: null, after: { high: 3 } }, barsBefore: null });
  expect(figure("Open", content)).toMatchObject({ value: "3", change: null });
  expect(figure("New", content)?.change).toBeNull();
  expect(toPaper(content).lead).toContain("Nothing is known of before the period");
});

test("what is invented is said to be", () => {
  expect(toPaper(aReportContent({ hasSample: true })).about).toContain("with sample data, which is invented");
  expect(toPaper(aReportContent()).about).not.toContain("sample");
});

test("a part with nothing behind it is left out whole", () => {
  const content = aReportContent({ sla: null, exceptions: null, movers: [], teams: [] });
  const titles = toPaper(content).sections.map(({ title }) => title);
  expect(titles).toEqual([
    "Why it moved",
    "Open findings",
    "New against closed",
    "Time to remediate",
    "How old what is open is",
    "Coverage and gaps",
  ]);
});

test("days that nobody knows are a gap in the drawings, and no line runs across it", () => {
  const flow = toPaper(aReportContent()).sections.find(({ title }) => title === "New against closed")?.picture;
  const lines = flow?.shapes.filter(({ kind }) => kind === "path") ?? [];
  expect(lines).toHaveLength(2);
  expect(flow?.shapes.filter((shape) => shape.kind === "rect" && shape.fill === "gap")).toHaveLength(3);
});

test("nothing is drawn outside the drawing, wide or narrow", () => {
  for (const width of [undefined, NARROW]) {
    for (const { picture } of toPaper(aReportContent(), width).sections) {
      for (const shape of picture?.shapes ?? []) {
        if (shape.kind !== "rect") continue;
        expect(shape.x).toBeGreaterThanOrEqual(0);
        expect(shape.x + shape.width).toBeLessThanOrEqual((picture?.width ?? 0) + 0.01);
        expect(shape.width).toBeGreaterThanOrEqual(0);
        expect(shape.height).toBeGreaterThanOrEqual(0);
      }
    }
  }
});

const hostile = aReportContent({
  movers: [{ by: "account", movers: [{ label: '<img src=x onerror="alert(1)">\r\nBcc: a@b.c', about: null, net: 4 }] }],
  scope: { severity: [], source: [], accountId: ["1"], team: [] },
  names: { 1: '"><script>alert(1)</script>\u202E' },
});

test("the file stands by itself: nothing to load, nothing that runs, and text of others is text", () => {
  const text = toHtml(toPaper(hostile));
  expect(text).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|https?:/i);
  expect(text).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; Bcc: a@b.c");
  expect(text).toContain("@page");
  expect(text).toContain('<meta name="robots" content="noindex, nofollow">');
});

test("the e-mail says the same as the paper in both its parts, and its subject is one line", () => {
  const paper = toPaper(hostile);
  const url = "https://sightline.example.com/reports/1";
  const mail = toMail(paper, { url, isTest: true });
  expect(mail.subject).toMatch(/^\[Test\] Security report: October 2026/);
  expect(mail.subject).not.toMatch(/[\r\n\u202E]/);
  for (const { name, value } of paper.figures) {
    expect(mail.text).toContain(`${name}: ${value}`);
    expect(mail.html).toContain(value);
  }
  expect(mail.text).toContain(url);
  expect(mail.html).not.toContain("<script");
});
