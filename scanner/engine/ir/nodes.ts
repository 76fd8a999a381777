/** Where a node stands: its file, 1-based lines, UTF-16 offsets. */
export type Place = { path: string; line: number; endLine: number; start: number; end: number };

export type Constant = string | number | boolean | null;

/** `name` for keyword arguments; `spread` for `*xs`, `**m`, `...xs`. */
export type Argument = { name: string | null; value: Expression; isSpread: boolean };

/** `key` is null for a spread of another record. */
export type Entry = { key: Expression | null; value: Expression };

/** What every language's code is lowered to before it is interpreted. */
export type Expression = Place &
  (
    | { kind: "literal"; value: Constant }
    | { kind: "regex"; pattern: string }
    | { kind: "name"; name: string }
    /** `require("…")`: the module itself. */
    | { kind: "module"; module: string; specifier: string }
    | { kind: "member"; object: Expression; property: string }
    | { kind: "index"; object: Expression; index: Expression }
    | { kind: "call"; callee: Expression; arguments: Argument[]; isNew: boolean }
    /** Text put together: `+`, templates, f-strings, `%` on text. */
    | { kind: "concat"; parts: Expression[] }
    /** An operator whose result is a number or a truth value. */
    | { kind: "operation"; operator: string; operands: Expression[] }
    | { kind: "logical"; operator: "and" | "or" | "nullish"; operands: Expression[] }
    | { kind: "conditional"; test: Expression; consequent: Expression; otherwise: Expression }
    | { kind: "list"; elements: Expression[] }
    | { kind: "record"; entries: Entry[] }
    | { kind: "spread"; value: Expression }
    | { kind: "function"; function: FunctionNode }
    | { kind: "class"; class: ClassNode }
    | { kind: "assign"; target: Target; value: Expression }
    /** A value whose type the code names: a declared variable, a cast. */
    | { kind: "typed"; type: string; value: Expression }
    | { kind: "comprehension"; clauses: ComprehensionClause[]; result: Expression }
    /** Hands one of many answers to whoever walks through the function's. */
    | { kind: "yield"; value: Expression }
    /** Evaluated in order; worth what all of them are worth together. */
    | { kind: "sequence"; expressions: Expression[] }
  );

export type ComprehensionClause = { target: Target; iterable: Expression; tests: Expression[] };

export type Target = Place &
  /** `isOuter`: declared to be one of the module or of a function around, as by Python's `global`. */
  (
    | { kind: "variable"; name: string; isOuter?: boolean }
    | { kind: "place"; expression: Expression }
    | { kind: "items"; elements: (Target | null)[] }
    | { kind: "fields"; fields: { key: string; target: Target }[] }
    | { kind: "rest"; target: Target }
    | { kind: "fallback"; target: Target; value: Expression }
  );

export type Parameter = {
  target: Target;
  /** Its name where it is a plain one. */
  name: string | null;
  annotation: string | null;
  decorators: Expression[];
  fallback: Expression | null;
  isRest: boolean;
  /** Stored in a field of its name as well. */
  isField: boolean;
};

export type FunctionNode = Place & {
  name: string | null;
  parameters: Parameter[];
  decorators: Expression[];
  body: Statement[];
  isMethod: boolean;
  /** Assigns to variables of the module or of a function around, which others read. */
  assignsOuter?: boolean;
};

export type ClassNode = Place & {
  name: string | null;
  bases: Expression[];
  decorators: Expression[];
  methods: FunctionNode[];
  /** Field initialisers and whatever else a class body runs. */
  body: Statement[];
};

/** `imported` is null for the whole module; `local` may then be a path, as `a.b` in Python's `import a.b`. */
export type ImportedName = { local: string; imported: string | null };

export type Statement = Place &
  (
    | { kind: "expression"; expression: Expression }
    | { kind: "assign"; target: Target; value: Expression; operator: string | null }
    | { kind: "if"; test: Expression; consequent: Statement[]; otherwise: Statement[] }
    | { kind: "loop"; target: Target | null; iterable: Expression | null; test: Expression | null; body: Statement[] }
    /** A case without tests takes what is left. `endsAtBreak` where `break` leaves the switch and not the loop. */
    | { kind: "switch"; subject: Expression; cases: SwitchCase[]; endsAtBreak: boolean }
    | { kind: "try"; body: Statement[]; handlers: { name: Target | null; body: Statement[] }[]; finally: Statement[] }
    | { kind: "return"; value: Expression | null }
    | { kind: "throw"; value: Expression | null }
    | { kind: "jump"; to: "end" | "next-turn" }
    | { kind: "function"; function: FunctionNode }
    | { kind: "class"; class: ClassNode }
    /** `specifier` as written; `module` the same as a path of names. */
    | { kind: "import"; module: string; specifier: string; names: ImportedName[] }
    /** `closes`: where the expressions stand whose values are closed however the block is left. */
    | { kind: "block"; body: Statement[]; closes?: Place[] }
  );

export type SwitchCase = { tests: Expression[]; body: Statement[] };

/** A file's code and what it imports, as written. `isCut` when something was nested too deep to follow. */
export type Program = { body: Statement[]; imports: Set<string>; isCut: boolean };
