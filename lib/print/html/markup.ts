/** Markup that is safe as it is. Text is not: it goes through `html`. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | null | Part[];

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function toText(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(toText).join("");
  return String(part).replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);
}

/** Markup with what is put in escaped, for text as for quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.map((text, index) => text + toText(parts[index] ?? null)).join(""));
}
