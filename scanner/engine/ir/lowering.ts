import { child, type SyntaxNode } from "../syntax/syntax-node.ts";
import type { Expression, Place, Statement } from "./nodes.ts";

/** Deeper code than this is no longer followed; people do not write it, and every walk behind here is recursive. */
const MAX_DEPTH = 250;

/** How a language turns its syntax into our nodes; each part reaches the others here, since each holds the others. */
type Adapter = {
  lowerExpression: (lowering: Lowering, node: SyntaxNode) => Expression;
  lowerStatement: (lowering: Lowering, node: SyntaxNode) => Statement[];
  /** A function's body, whatever form it has. */
  lowerBody: (lowering: Lowering, node: SyntaxNode) => Statement[];
};

/** A class or function around; for languages where a bare name may mean a member of the class. */
export type Scope = { className: string | null; fields: Set<string>; methods: Set<string>; locals: Set<string> };

/** What an adapter carries while it lowers one file. `scopes` are those around, innermost last. */
export type Lowering = Adapter & {
  path: string;
  source: string;
  depth: number;
  isCut: boolean;
  imports: Set<string>;
  scopes: Scope[];
  /** The variables that the function being lowered declares to be of the module, or of a function around. */
  outerNames: ReadonlySet<string>;
};

export function newLowering(path: string, source: string, adapter: Adapter): Lowering {
  return { ...adapter, path, source, depth: 0, isCut: false, imports: new Set(), scopes: [], outerNames: new Set() };
}

export function lowerAll(lowering: Lowering, nodes: SyntaxNode[]): Expression[] {
  return nodes.map((node) => lowering.lowerExpression(lowering, node));
}

/** The statements inside of a node, in order. */
export function lowerBlock(lowering: Lowering, node: SyntaxNode | undefined): Statement[] {
  if (node === undefined) return [];
  return deeper(
    lowering,
    () => node.children.flatMap((statement) => lowering.lowerStatement(lowering, statement)),
    () => [],
  );
}

/** An operator's text. */
export function operatorOf(lowering: Lowering, node: SyntaxNode): string {
  const operator = child(node, "operator");
  return operator === undefined ? "" : textOf(lowering, operator);
}

/** What an operator is worth that we know nothing of: all that it holds. */
export function lowerOther(lowering: Lowering, node: SyntaxNode): Expression {
  const lowered = lowerAll(lowering, node.children);
  const [only] = lowered;
  return only !== undefined && lowered.length === 1 ? only : sequenceOf(placeOf(lowering, node), lowered);
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

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|\r?\n|(.))/gsu;
const ESCAPED: Record<string, string> = { n: "\n", t: "\t", r: "\r", 0: "\0" };

/** A string literal's text with the escapes that matter undone. */
export function unescapeText(text: string): string {
  return text.replace(ESCAPE, (...[, hex, unicode, char]: (string | undefined)[]) => {
    const code = hex ?? unicode;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return char === undefined ? "" : (ESCAPED[char] ?? char);
  });
}

/** The specifier of a module inside of a Python package. */
export function submodule(specifier: string, name: string): string {
  return specifier === "" || specifier.endsWith(".") ? `${specifier}${name}` : `${specifier}.${name}`;
}
