import type { SyntaxNode } from "../syntax/syntax-node.ts";
import type { Lowering } from "./lowering.ts";
import type { ClassNode, Expression, Statement } from "./nodes.ts";

/** Expressions hold functions, functions hold statements, patterns hold expressions: each reaches the others here. */
export type JavascriptLowering = Lowering & {
  lowerBody: (body: SyntaxNode) => Statement[];
  lowerClass: (node: SyntaxNode) => ClassNode;
  lowerExpression: (lowering: JavascriptLowering, node: SyntaxNode) => Expression;
};
