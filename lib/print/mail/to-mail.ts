import type { Figure, Grid, Paper, Section } from "#lib/domain/paper.ts";
import { html, type Markup } from "../html/markup.ts";
import { LINE, PAINTS, QUIET, TONES } from "../paints.ts";

/** What of a report is in the e-mail itself: the rest is in the file that comes with it. */
const SECTIONS = new Set(["Why it moved", "Open findings", "SLA", "Coverage and gaps"]);

export type MailText = { subject: string; text: string; html: string };

/** A paper as an e-mail, once in plain text and once in HTML that every mail program shows. `url`: the report's page. */
export function toMail(paper: Paper, { url, isTest }: { url: string; isTest: boolean }): MailText {
  return {
    subject: `${isTest ? "[Test] " : ""}${paper.title} (${paper.about})`,
    text: toText(paper, url),
    html: toMarkup(paper, url).text,
  };
}

function toText({ title, about, asOf, lead, figures, sections }: Paper, url: string): string {
  const parts = [
    `${title}\n${about}, as of ${asOf}`,
    lead,
    figures
      .map(({ name, value, change, note }) => `${name}: ${value}${change ? ` (${change})` : ""}, ${note}`)
      .join("\n"),
    ...sections.filter(({ title }) => SECTIONS.has(title)).map(toTextSection),
    `The whole report is attached, and at\n${url}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function toTextSection({ title, note, table }: Section): string {
  const rows = table ? [table.heads, ...table.rows.map((cells) => cells.map(({ text }) => text))] : [];
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((cells) => (cells[index] ?? "").length)));
  const lines = rows.map((cells) =>
    cells
      .map((text, index) =>
        table?.sides[index] === "right" ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [title, "-".repeat(title.length), note, ...lines].join("\n");
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Tables and style attributes alone: mail programs drop the rest, and pictures. */
function toMarkup({ title, about, asOf, lead, figures, sections }: Paper, url: string): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body style="margin:0;background:#fff;color:${PAINTS.text};${FONT};font-size:14px;line-height:1.5">
<div style="max-width:640px;margin:0 auto;padding:24px 16px">
<h1 style="margin:0;font-size:22px;line-height:1.25">${title}</h1>
<p style="margin:2px 0 16px;color:${QUIET}">${about} · as of ${asOf}</p>
<p style="margin:0 0 16px;font-size:15px">${lead}</p>
<table role="presentation" cellspacing="0" cellpadding="0" style="width:100%;border-collapse:collapse">${figures.map(toFigure)}</table>
${sections.filter(({ title: one }) => SECTIONS.has(one)).map(toSection)}
<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid ${LINE}">The whole report is attached. <a href="${url}" style="color:#3d3fc0">Open it in Sightline</a></p>
</div></body></html>
`;
}

const toFigure = ({ name, value, change, tone, note }: Figure): Markup =>
  html`<tr><td style="padding:5px 8px 5px 0;border-bottom:1px solid ${PAINTS.grid}">${name}</td><td style="padding:5px 8px;border-bottom:1px solid ${PAINTS.grid};font-size:17px;font-weight:600;text-align:right;white-space:nowrap">${value}${change && html` <span style="font-size:12px;color:${TONES[tone]}">${change}</span>`}</td><td style="padding:5px 0 5px 8px;border-bottom:1px solid ${PAINTS.grid};color:${QUIET};font-size:12px">${note}</td></tr>`;

function toSection({ title, note, table }: Section): Markup {
  return html`<h2 style="margin:22px 0 2px;font-size:16px">${title}</h2><p style="margin:0 0 6px;color:${PAINTS["text-2"]}">${note}</p>${table && toTable(title, table)}`;
}

function toTable(title: string, { heads, sides, rows }: Grid): Markup {
  const style = (index: number) =>
    `padding:4px 8px 4px 0;border-bottom:1px solid ${PAINTS.grid};text-align:${sides[index] ?? "left"};font-weight:400`;
  return html`<table aria-label="${title}" cellspacing="0" cellpadding="0" style="width:100%;border-collapse:collapse;font-size:13px"><tr>${heads.map((head, index) => html`<th scope="col" style="${style(index)};color:${QUIET}">${head}</th>`)}</tr>${rows.map(
    (cells) =>
      html`<tr>${cells.map(({ text, tone }, index) =>
        index === 0
          ? html`<th scope="row" style="${style(0)}">${text}</th>`
          : html`<td style="${style(index)};color:${tone ? TONES[tone] : PAINTS.text}">${text}</td>`,
      )}</tr>`,
  )}</table>`;
}
