/** A node of a parsed file, freed from the parser's memory. Comments and nameless punctuation are left out. */
export type SyntaxNode = {
  type: string;
  /** The role in the parent, where the grammar names it. */
  field: string | null;
  /** 1-based. */
  line: number;
  endLine: number;
  /** UTF-16 offsets into the source. */
  start: number;
  end: number;
  children: SyntaxNode[];
};

/** The first child with that role. */
export function child(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((candidate) => candidate.field === field);
}

/** All children with that role. */
export function childrenOf(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter((candidate) => candidate.field === field);
}

/** The first child of that type. */
export function childOfType(node: SyntaxNode, type: string): SyntaxNode | undefined {
  return node.children.find((candidate) => candidate.type === type);
}
