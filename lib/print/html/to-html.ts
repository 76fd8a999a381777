import type { Figure, Grid, Paper, Section } from "#lib/domain/paper.ts";
import { LINE, PAINTS, QUIET, TONES } from "../paints.ts";
import { html, Markup } from "./markup.ts";
import { toSvg } from "./to-svg.ts";

/** Everything in one file: no scripts, nothing to load. It prints on A4 with no drawing or row cut in two. */
const STYLE = `
@page { size: A4; margin: 16mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 745px; background: #fff; color: ${PAINTS.text};
  font: 13px/1.5 Geist, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 24px; letter-spacing: -0.02em; line-height: 1.25; }
h2 { margin: 0 0 2px; font-size: 15px; letter-spacing: -0.01em; break-after: avoid; }
p { margin: 0; } .quiet { color: ${QUIET}; } .lead { margin: 16px 0; font-size: 15px; max-width: 72ch; }
dl.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); gap: 14px 18px; margin: 0 0 8px;
  padding: 14px 0; border: solid ${LINE}; border-width: 1px 0; break-inside: avoid; }
dl.figures dt { color: ${PAINTS["text-2"]}; } dl.figures dd { margin: 0; }
dl.figures b { font-size: 22px; font-weight: 600; letter-spacing: -0.02em; } dl.figures small { display: block; color: ${QUIET}; font-size: 12px; }
section { margin-top: 24px; } section > p { color: ${PAINTS["text-2"]}; margin-bottom: 10px; max-width: 84ch; break-after: avoid; }
figure { margin: 0 0 10px; break-inside: avoid; } svg { display: block; width: 100%; height: auto; font-size: 12px; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
th, td { padding: 4px 8px 4px 0; border-bottom: 1px solid ${PAINTS.grid}; text-align: left; font-weight: 400; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: ${QUIET}; font-size: 12px; border-color: ${LINE}; overflow-wrap: normal; }
.right { text-align: right; padding: 4px 2px 4px 8px; white-space: nowrap; }
dl.terms { columns: 2; column-gap: 28px; font-size: 12px; color: ${PAINTS["text-2"]}; }
dl.terms div { break-inside: avoid; margin-bottom: 8px; } dl.terms dt { font-weight: 600; color: ${PAINTS.text}; } dl.terms dd { margin: 0; }
.good { color: ${TONES.good}; } .bad { color: ${TONES.bad}; } .plain { color: ${TONES.plain}; }
.scroll { overflow-x: auto; }
@media print { body { padding: 0; max-width: none; } .scroll { overflow: visible; } }
@media (max-width: 600px) { dl.terms { columns: 1; } }`;

/** A paper as one page of HTML, which stands by itself as a file. */
export function toHtml(paper: Paper): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${paper.title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>${paper.title}</h1>
<p class="quiet">${paper.about} · as of ${paper.asOf}</p>
<p class="lead">${paper.lead}</p>
<dl class="figures">${paper.figures.map(toFigure)}</dl>
${paper.sections.map(toSection)}
<section><h2>How this is counted</h2><dl class="terms">${paper.terms.map(({ term, text }) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></section>
</main>
</body>
</html>
`;
  return page.text;
}

const toFigure = ({ name, value, change, tone, note }: Figure): Markup =>
  html`<div><dt>${name}</dt><dd><b>${value}</b>${change === null ? null : html` <span class="${tone}">${change}</span>`}<small>${note}</small></dd></div>`;

function toSection({ title, note, picture, table }: Section): Markup {
  return html`<section><h2>${title}</h2><p>${note}</p>${picture && html`<figure>${toSvg(picture)}</figure>`}${table && toTable(title, table)}</section>`;
}

function toTable(title: string, { heads, sides, rows }: Grid): Markup {
  const sideOf = (index: number) => sides[index] ?? "left";
  return html`<div class="scroll"><table aria-label="${title}"><thead><tr>${heads.map((head, index) => html`<th scope="col" class="${sideOf(index)}">${head}</th>`)}</tr></thead><tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map(({ text, tone }, index) =>
        index === 0
          ? html`<th scope="row">${text}</th>`
          : html`<td class="${sideOf(index)} ${tone ?? ""}">${text}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}
