import { child, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { deeper, flattenChain, type Lowering, placeOf, sequenceOf, textOf, unescapeText } from "./lowering.ts";
import type {
  Argument,
  ComprehensionClause,
  Entry,
  Expression,
  FunctionNode,
  Parameter,
  Place,
  Target,
} from "./nodes.ts";

/** Lowers one Python expression. Kinds that mean nothing to us become a sequence of what they hold. */
export function lowerExpression(lowering: Lowering, node: SyntaxNode): Expression {
  return deeper(
    lowering,
    () => (LOWER[node.type] ?? lowerOther)(lowering, node),
    () => sequenceOf(placeOf(lowering, node), []),
  );
}

const LOWER: Record<string, (lowering: Lowering, node: SyntaxNode) => Expression> = {
  identifier: (lowering, node) => ({ ...placeOf(lowering, node), kind: "name", name: textOf(lowering, node) }),
  integer: lowerNumber,
  float: lowerNumber,
  true: (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value: true }),
  false: (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value: false }),
  none: (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value: null }),
  string: lowerString,
  concatenated_string: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "concat",
    parts: lowerAll(lowering, node.children),
  }),
  attribute: lowerAttribute,
  subscript: lowerSubscript,
  call: lowerCall,
  list: lowerList,
  tuple: lowerList,
  set: lowerList,
  expression_list: lowerList,
  dictionary: lowerDictionary,
  binary_operator: lowerBinary,
  unary_operator: (lowering, node) => lowerOperation(lowering, node, "-"),
  not_operator: (lowering, node) => lowerOperation(lowering, node, "not"),
  comparison_operator: lowerComparison,
  boolean_operator: lowerBoolean,
  conditional_expression: lowerConditional,
  lambda: lowerLambda,
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  dictionary_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  named_expression: lowerNamed,
  list_splat: lowerSpread,
  dictionary_splat: lowerSpread,
  type: (lowering, node) => sequenceOf(placeOf(lowering, node), []),
};

function lowerAll(lowering: Lowering, nodes: SyntaxNode[]): Expression[] {
  return nodes.map((node) => lowerExpression(lowering, node));
}

function lowerOther(lowering: Lowering, node: SyntaxNode): Expression {
  const lowered = lowerAll(lowering, node.children);
  const [only] = lowered;
  return only !== undefined && lowered.length === 1 ? only : sequenceOf(placeOf(lowering, node), lowered);
}

function lowerNumber(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "literal", value: Number(textOf(lowering, node).replaceAll("_", "")) };
}

function lowerString(lowering: Lowering, node: SyntaxNode): Expression {
  const start = node.children.find((part) => part.type === "string_start");
  const isRaw = start !== undefined && /r/iu.test(textOf(lowering, start));
  const parts = node.children
    .filter((part) => part.type === "string_content" || part.type === "interpolation")
    .map((part): Expression => {
      if (part.type === "interpolation") return lowerInterpolation(lowering, part);
      const text = textOf(lowering, part);
      return { ...placeOf(lowering, part), kind: "literal", value: isRaw ? text : unescapeText(text) };
    });
  const [only, ...more] = parts;
  if (only === undefined) return { ...placeOf(lowering, node), kind: "literal", value: "" };
  if (more.length === 0 && only.kind === "literal") return { ...only, ...placeOf(lowering, node) };
  return { ...placeOf(lowering, node), kind: "concat", parts };
}

function lowerInterpolation(lowering: Lowering, node: SyntaxNode): Expression {
  const inner = child(node, "expression");
  return inner === undefined ? sequenceOf(placeOf(lowering, node), []) : lowerExpression(lowering, inner);
}

function lowerAttribute(lowering: Lowering, node: SyntaxNode): Expression {
  const [object, property] = [child(node, "object"), child(node, "attribute")];
  if (object === undefined || property === undefined) return lowerOther(lowering, node);
  return {
    ...placeOf(lowering, node),
    kind: "member",
    object: lowerExpression(lowering, object),
    property: textOf(lowering, property),
  };
}

function lowerSubscript(lowering: Lowering, node: SyntaxNode): Expression {
  const [object, index] = [child(node, "value"), child(node, "subscript")];
  if (object === undefined || index === undefined) return lowerOther(lowering, node);
  const lowered = lowerExpression(lowering, object);
  // A slice is still the same thing, only less of it.
  if (index.type === "slice") return lowered;
  return { ...placeOf(lowering, node), kind: "index", object: lowered, index: lowerExpression(lowering, index) };
}

function lowerCall(lowering: Lowering, node: SyntaxNode): Expression {
  const [callee, list] = [child(node, "function"), child(node, "arguments")];
  if (callee === undefined || list === undefined) return lowerOther(lowering, node);
  const given = list.type === "argument_list" ? list.children : [list];
  return {
    ...placeOf(lowering, node),
    kind: "call",
    callee: lowerExpression(lowering, callee),
    arguments: given.map((argument) => lowerArgument(lowering, argument)),
    isNew: false,
  };
}

function lowerArgument(lowering: Lowering, node: SyntaxNode): Argument {
  const [name, value] = [child(node, "name"), child(node, "value")];
  if (node.type === "keyword_argument" && name !== undefined && value !== undefined) {
    return { name: textOf(lowering, name), value: lowerExpression(lowering, value), isSpread: false };
  }
  const isSpread = node.type === "list_splat" || node.type === "dictionary_splat";
  const inner = isSpread ? (node.children[0] ?? node) : node;
  return { name: null, value: lowerExpression(lowering, inner), isSpread };
}

function lowerList(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "list", elements: lowerAll(lowering, node.children) };
}

function lowerDictionary(lowering: Lowering, node: SyntaxNode): Expression {
  const entries = node.children.flatMap((entry): Entry[] => {
    const [key, value] = [child(entry, "key"), child(entry, "value")];
    if (key !== undefined && value !== undefined) {
      return [{ key: lowerExpression(lowering, key), value: lowerExpression(lowering, value) }];
    }
    const spread = entry.type === "dictionary_splat" ? entry.children[0] : undefined;
    return spread === undefined ? [] : [{ key: null, value: lowerExpression(lowering, spread) }];
  });
  return { ...placeOf(lowering, node), kind: "record", entries };
}

function operatorOf(lowering: Lowering, node: SyntaxNode): string {
  const operator = child(node, "operator");
  return operator === undefined ? "" : textOf(lowering, operator);
}

function lowerBinary(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node);
  if (operator === "+") {
    const isSum = (link: SyntaxNode) => link.type === "binary_operator" && operatorOf(lowering, link) === "+";
    return { ...placeOf(lowering, node), kind: "concat", parts: lowerAll(lowering, flattenChain(node, isSum)) };
  }
  const isSame = (link: SyntaxNode) => link.type === "binary_operator" && operatorOf(lowering, link) === operator;
  const operands = lowerAll(lowering, flattenChain(node, isSame));
  // `%` on text fills it in; only a plain number to the right says that it is arithmetic.
  const isNumber = operands.at(-1)?.kind === "literal" && typeof textOrNull(operands.at(-1)) !== "string";
  if (operator === "%" && !isNumber) return { ...placeOf(lowering, node), kind: "concat", parts: operands };
  if (operator === "/" && !isNumber) return joinedPath(placeOf(lowering, node), operands);
  return { ...placeOf(lowering, node), kind: "operation", operator, operands };
}

function textOrNull(expression: Expression | undefined): string | null {
  return expression?.kind === "literal" && typeof expression.value === "string" ? expression.value : null;
}

/** `folder / name` of pathlib is `folder.joinpath(name)`. */
function joinedPath(place: Place, [first, ...others]: Expression[]): Expression {
  const start: Expression = first ?? sequenceOf(place, []);
  return others.reduce<Expression>((object, value) => {
    const here = { ...place, line: object.line, endLine: value.endLine, start: object.start, end: value.end };
    const callee: Expression = { ...here, kind: "member", object, property: "joinpath" };
    return { ...here, kind: "call", callee, arguments: [{ name: null, value, isSpread: false }], isNew: false };
  }, start);
}

function lowerOperation(lowering: Lowering, node: SyntaxNode, operator: string): Expression {
  return {
    ...placeOf(lowering, node),
    kind: "operation",
    operator,
    operands: lowerAll(lowering, childrenOf(node, "argument")),
  };
}

function lowerComparison(lowering: Lowering, node: SyntaxNode): Expression {
  const operators = childrenOf(node, "operators").map((operator) => textOf(lowering, operator));
  const operands = node.children.filter((operand) => operand.field !== "operators");
  const operator = operators.join(" ").replace(/\s+/gu, " ");
  return { ...placeOf(lowering, node), kind: "operation", operator, operands: lowerAll(lowering, operands) };
}

function lowerBoolean(lowering: Lowering, node: SyntaxNode): Expression {
  const operator = operatorOf(lowering, node) === "or" ? "or" : "and";
  const isSame = (link: SyntaxNode) => link.type === "boolean_operator" && operatorOf(lowering, link) === operator;
  return {
    ...placeOf(lowering, node),
    kind: "logical",
    operator,
    operands: lowerAll(lowering, flattenChain(node, isSame)),
  };
}

function lowerConditional(lowering: Lowering, node: SyntaxNode): Expression {
  const [consequent, test, otherwise] = lowerAll(lowering, node.children);
  if (consequent === undefined || test === undefined || otherwise === undefined) return lowerOther(lowering, node);
  return { ...placeOf(lowering, node), kind: "conditional", test, consequent, otherwise };
}

function lowerLambda(lowering: Lowering, node: SyntaxNode): Expression {
  const [parameters, body] = [child(node, "parameters"), child(node, "body")];
  const value = body === undefined ? null : lowerExpression(lowering, body);
  const lambda: FunctionNode = {
    ...placeOf(lowering, node),
    name: null,
    parameters: parameters === undefined ? [] : lowerParameters(lowering, parameters),
    decorators: [],
    body: [{ ...placeOf(lowering, body ?? node), kind: "return", value }],
    isMethod: false,
  };
  return { ...placeOf(lowering, node), kind: "function", function: lambda };
}

function lowerComprehension(lowering: Lowering, node: SyntaxNode): Expression {
  const body = child(node, "body");
  const clauses: ComprehensionClause[] = [];
  for (const part of node.children) {
    if (part.type === "for_in_clause") {
      const [target, iterable] = [child(part, "left"), child(part, "right")];
      if (target === undefined || iterable === undefined) continue;
      clauses.push({ target: lowerTarget(lowering, target), iterable: lowerExpression(lowering, iterable), tests: [] });
    }
    if (part.type === "if_clause") clauses.at(-1)?.tests.push(...lowerAll(lowering, part.children));
  }
  const result = body === undefined ? sequenceOf(placeOf(lowering, node), []) : lowerExpression(lowering, body);
  return { ...placeOf(lowering, node), kind: "comprehension", clauses, result };
}

function lowerNamed(lowering: Lowering, node: SyntaxNode): Expression {
  const [name, value] = [child(node, "name"), child(node, "value")];
  if (name === undefined || value === undefined) return lowerOther(lowering, node);
  return {
    ...placeOf(lowering, node),
    kind: "assign",
    target: lowerTarget(lowering, name),
    value: lowerExpression(lowering, value),
  };
}

function lowerSpread(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "spread", value: lowerOther(lowering, node) };
}

export function lowerTarget(lowering: Lowering, node: SyntaxNode): Target {
  const place = placeOf(lowering, node);
  switch (node.type) {
    case "identifier":
      return { ...place, kind: "variable", name: textOf(lowering, node) };
    case "pattern_list":
    case "tuple_pattern":
    case "list_pattern":
    case "tuple":
    case "list":
    case "expression_list":
      return { ...place, kind: "items", elements: node.children.map((element) => lowerTarget(lowering, element)) };
    case "list_splat_pattern":
    case "dictionary_splat_pattern": {
      const inner = node.children[0];
      return {
        ...place,
        kind: "rest",
        target: inner === undefined ? { ...place, kind: "items", elements: [] } : lowerTarget(lowering, inner),
      };
    }
    case "as_pattern_target":
    case "parenthesized_expression": {
      const inner = node.children[0];
      return inner === undefined ? { ...place, kind: "items", elements: [] } : lowerTarget(lowering, inner);
    }
    default:
      return { ...place, kind: "place", expression: lowerExpression(lowering, node) };
  }
}

export function lowerParameters(lowering: Lowering, node: SyntaxNode): Parameter[] {
  return node.children
    .filter((parameter) => !/separator$/u.test(parameter.type))
    .map((parameter) => lowerParameter(lowering, parameter));
}

function lowerParameter(lowering: Lowering, node: SyntaxNode): Parameter {
  const [value, type] = [child(node, "value"), child(node, "type")];
  const isTyped =
    node.type === "typed_parameter" || node.type === "typed_default_parameter" || node.type === "default_parameter";
  const named = isTyped ? (child(node, "name") ?? node.children[0] ?? node) : node;
  const isRest = named.type === "list_splat_pattern" || named.type === "dictionary_splat_pattern";
  const target = lowerTarget(lowering, named);
  const plain = target.kind === "rest" ? target.target : target;
  return {
    target: plain,
    name: plain.kind === "variable" ? plain.name : null,
    annotation: type === undefined ? null : textOf(lowering, type),
    decorators: [],
    fallback: value === undefined ? null : lowerExpression(lowering, value),
    isRest,
  };
}
