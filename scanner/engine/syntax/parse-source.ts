import { createRequire } from "node:module";
import { Language, Parser, type TreeCursor } from "web-tree-sitter";
import type { Grammar } from "./language.ts";
import type { SyntaxNode } from "./syntax-node.ts";

/** Beyond `maxNodes` a file is cut: what comes later is not seen. */
type SyntaxLimits = { maxNodes: number; deadlineMs: number };

const SYNTAX_LIMITS: SyntaxLimits = { maxNodes: 300_000, deadlineMs: 10_000 };

/** `faultyLength`: how many characters are in no way code of the language. */
type ParsedSource = { root: SyntaxNode; isCut: boolean; faultyLength: number };

const require = createRequire(import.meta.url);
const parsers = new Map<Grammar, Promise<Parser>>();
let runtime: Promise<void> | null = null;

/** Parses source text; faulty code gives a tree too. Returns null when the deadline passed first. */
export async function parseSource(
  source: string,
  grammar: Grammar,
  limits: SyntaxLimits = SYNTAX_LIMITS,
): Promise<ParsedSource | null> {
  const parser = await loadParser(grammar);
  const deadline = performance.now() + limits.deadlineMs;
  const tree = parser.parse(source, null, { progressCallback: () => performance.now() > deadline });
  if (tree === null) {
    parser.reset();
    return null;
  }
  const cursor = tree.walk();
  const parsed = copyTree(cursor, limits.maxNodes);
  cursor.delete();
  tree.delete();
  return parsed;
}

function loadParser(grammar: Grammar): Promise<Parser> {
  const known = parsers.get(grammar);
  if (known !== undefined) return known;
  const loading = createParser(grammar);
  parsers.set(grammar, loading);
  return loading;
}

async function createParser(grammar: Grammar): Promise<Parser> {
  runtime ??= Parser.init();
  await runtime;
  const language = await Language.load(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${grammar}.wasm`));
  return new Parser().setLanguage(language);
}

/** One pass over the parser's tree without recursion: its depth is up to whoever wrote the file. */
function copyTree(cursor: TreeCursor, maxNodes: number): ParsedSource {
  const root = copyNode(cursor);
  const path: SyntaxNode[] = [root];
  const faulty = { length: 0, end: 0 };
  addFault(faulty, root);
  let nodes = 1;
  while (moveOn(cursor, path)) {
    const node = copyNode(cursor);
    addFault(faulty, node);
    if (isKept(cursor)) {
      if (++nodes > maxNodes) return { root, isCut: true, faultyLength: faulty.length };
      path.at(-1)?.children.push(node);
    }
    path.push(node);
  }
  return { root, isCut: false, faultyLength: faulty.length };
}

/** Faults may hold faults; the outer one comes first and counts. */
function addFault(faulty: { length: number; end: number }, { type, start, end }: SyntaxNode): void {
  if (type !== "ERROR" || end <= faulty.end) return;
  faulty.length += end - start;
  faulty.end = end;
}

/** Steps to the next node in document order; leaves `path` at that node's parent. False at the end. */
function moveOn(cursor: TreeCursor, path: SyntaxNode[]): boolean {
  if (cursor.gotoFirstChild()) return true;
  path.pop();
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) return false;
    path.pop();
  }
  return true;
}

function isKept(cursor: TreeCursor): boolean {
  return cursor.currentFieldId !== 0 || (cursor.nodeIsNamed && cursor.nodeType !== "comment");
}

function copyNode(cursor: TreeCursor): SyntaxNode {
  return {
    type: cursor.nodeType,
    field: cursor.currentFieldName,
    line: cursor.startPosition.row + 1,
    endLine: cursor.endPosition.row + 1,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
  };
}
