import { child, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { type Lowering, placeOf, sequenceOf, textOf } from "./lowering.ts";
import type { Entry, Expression } from "./nodes.ts";

/** `<a href={x}>{y}</a>` as the call that it is compiled to, so that rules see one form: `jsx("a", {href: x}, y)`. */
export function lowerElement(lowering: Lowering, node: SyntaxNode): Expression {
  const tag = child(node, "open_tag") ?? node;
  const name = child(tag, "name");
  const entries = childrenOf(tag, "attribute").flatMap((attribute): Entry[] => {
    const [key, value] = attribute.children;
    if (attribute.type !== "jsx_attribute" || key === undefined) {
      const spread = attribute.children[0]?.children[0];
      return spread === undefined ? [] : [{ key: null, value: lowering.lowerExpression(lowering, spread) }];
    }
    const text: Expression = { ...placeOf(lowering, key), kind: "literal", value: textOf(lowering, key) };
    const lowered: Expression =
      value === undefined
        ? { ...placeOf(lowering, key), kind: "literal", value: true }
        : lowering.lowerExpression(lowering, value);
    return [{ key: text, value: lowered }];
  });
  const inner = node.children.filter(({ type }) =>
    ["jsx_expression", "jsx_element", "jsx_self_closing_element"].includes(type),
  );
  const children = inner.filter(({ field }) => field === null).map((part) => lowering.lowerExpression(lowering, part));
  const tagName: Expression = {
    ...placeOf(lowering, tag),
    kind: "literal",
    value: name === undefined ? "" : textOf(lowering, name),
  };
  const properties: Expression = { ...placeOf(lowering, tag), kind: "record", entries };
  return {
    ...placeOf(lowering, node),
    kind: "call",
    callee: { ...placeOf(lowering, tag), kind: "name", name: "jsx" },
    arguments: [tagName, properties, sequenceOf(placeOf(lowering, node), children)].map((value) => ({
      name: null,
      value,
      isSpread: false,
    })),
    isNew: false,
  };
}
