import type { SyntaxNode } from "../syntax/syntax-node.ts";
import type { Expression, Place } from "./nodes.ts";

/** Deeper code than this is no longer followed; people do not write it, and every walk behind here is recursive. */
const MAX_DEPTH = 250;

/** What a language adapter carries while it turns one file's syntax into our nodes. */
export type Lowering = { path: string; source: string; depth: number; isCut: boolean; imports: Set<string> };

export function newLowering(path: string, source: string): Lowering {
  return { path, source, depth: 0, isCut: false, imports: new Set() };
}

export function textOf(lowering: Lowering, node: SyntaxNode): string {
  return lowering.source.slice(node.start, node.end);
}

export function placeOf(lowering: Lowering, node: SyntaxNode): Place {
  return { path: lowering.path, line: node.line, endLine: node.endLine, start: node.start, end: node.end };
}

/** Runs `lower` one level deeper, or answers with `cut` and remembers that something was cut. */
export function deeper<Result>(lowering: Lowering, lower: () => Result, cut: () => Result): Result {
  if (lowering.depth >= MAX_DEPTH) {
    lowering.isCut = true;
    return cut();
  }
  lowering.depth++;
  try {
    return lower();
  } finally {
    lowering.depth--;
  }
}

/** What stands for code that has no meaning for us: evaluated for what is inside. */
export function sequenceOf(place: Place, expressions: Expression[]): Expression {
  return { ...place, kind: "sequence", expressions };
}

/** The operands of a chain such as `a + b + c` from left to right; chains of thousands are generated code's habit. */
export function flattenChain(node: SyntaxNode, isLink: (node: SyntaxNode) => boolean): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  let current = node;
  while (isLink(current)) {
    const left = current.children.find((candidate) => candidate.field === "left");
    const right = current.children.find((candidate) => candidate.field === "right");
    if (left === undefined || right === undefined) break;
    operands.push(right);
    current = left;
  }
  operands.push(current);
  return operands.reverse();
}

/** A string literal's text with the escapes that matter undone. */
export function unescapeText(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(\r?\n)|(.))/gsu, (_, hex, unicode, newline, char) => {
    if (hex ?? unicode) return String.fromCharCode(Number.parseInt(hex ?? unicode, 16));
    if (newline) return "";
    return { n: "\n", t: "\t", r: "\r", 0: "\0" }[String(char)] ?? char;
  });
}

/** The specifier of a module inside of a Python package. */
export function submodule(specifier: string, name: string): string {
  return specifier === "" || specifier.endsWith(".") ? `${specifier}${name}` : `${specifier}.${name}`;
}
