import type { Condition, RuleLanguage } from "./condition-schema.ts";
import type { Detector } from "./detector-schema.ts";
import type { Model } from "./model-schema.ts";
import { expandBraces, indexPatterns } from "./path-pattern.ts";

export type Sink = Model["sinks"][number];
export type Handler = Model["handlers"][number];
type FieldRule = {
  detector: Detector;
  values: readonly unknown[];
  are: readonly string[];
  when: Condition | undefined;
};
type CallRule = { detector: Detector } & Omit<Detector["calls"][number], "paths">;
type TrivialFunction = { detector: Detector; parameters: string[] | undefined };
type Sanitizer = Model["sanitizers"][number];
type Rename = Model["renames"][number];
type Hardener = Model["hardeners"][number];
type Guard = Model["guards"][number];

/** What calls of some kind have in common; model-schema.ts says what each means. */
const TRAITS = [
  "opaque",
  "keepers",
  "exits",
  "iterators",
  "mappers",
  "runners",
  "transformers",
  "collectors",
  "fillers",
  "bareObjects",
  "typeSetters",
  "untypedAnswers",
  "openers",
  "wrappers",
  "buffers",
  "forwarders",
] as const;
type Trait = (typeof TRAITS)[number];

/** All that is known of a value, or a call, that came about in a certain way. */
export type Facts = {
  /** The kinds of data that it is a source of. */
  sources: string[];
  callRules: CallRule[];
  decoratorRules: Detector[];
  fieldRules: FieldRule[];
  callSinks: Sink[];
  fieldSinks: Sink[];
  sanitizers: Sanitizer[];
  renames: Rename[];
  hardeners: Hardener[];
  guards: Guard[];
  decorators: Handler[];
  callbacks: Handler[];
  parameterDecorators: Handler[];
  methods: Handler[];
  /** The kinds of data that get through it although they get through few calls. */
  carries: string[];
  traits: Trait[];
};

/** All rules and models of a language, arranged by what the interpreter meets in code. */
export type RuleSet = {
  /** One look-up for everything, so that the cost does not grow with the rules. */
  about: (path: string) => Facts;
  detectorsByClass: Map<string, Detector>;
  secretDetector: Detector | null;
  leakDetector: Detector | null;
  keySinks: Map<string, Sink>;
  /** By key: the classes for which a value is harmless there. */
  harmlessKeys: Map<string, readonly string[]>;
  settings: Map<string, { detector: Detector; values: readonly unknown[] }>;
  chosenKeySinks: Sink[];
  comparedSinks: Sink[];
  /** By a function's name. */
  trivialFunctions: Map<string, TrivialFunction>;
  nameSinks: { sink: Sink; matches: RegExp }[];
  constants: Map<string, number | string>;
  plainFields: Set<string>;
  plainTypes: Set<string>;
  /** Kinds of data that get only through calls that are said to carry them. */
  carriedKinds: Set<string>;
  /** Kinds of data that numbers carry. */
  numericKinds: Set<string>;
  /** By a type's path: the name that its values go by. */
  typeNames: Map<string, string>;
  handlersByName: Map<string, Handler>;
  secretName: (name: string) => string | null;
};

export function compileRules(language: RuleLanguage, allDetectors: Detector[], allModels: Model[]): RuleSet {
  const detectors = allDetectors.filter((detector) => detector.language === language);
  const models = allModels.filter((model) => model.language === language);
  const handlers = models.flatMap((model) => model.handlers);
  const sinks = models.flatMap((model) => model.sinks);
  return {
    about: indexFacts([...detectors.flatMap(detectorFacts), ...models.flatMap(modelFacts)]),
    detectorsByClass: new Map(
      detectors.flatMap((detector) => (detector.taint === undefined ? [] : [[detector.taint.class, detector]])),
    ),
    secretDetector: detectors.find((detector) => detector.secrets) ?? null,
    leakDetector: detectors.find((detector) => detector.leaks) ?? null,
    keySinks: new Map(sinks.flatMap((sink) => each(sink.keys, sink))),
    harmlessKeys: new Map(
      models.flatMap((model) => model.harmlessKeys.flatMap(({ keys, classes }) => each(keys, classes))),
    ),
    settings: new Map(
      detectors.flatMap((detector) =>
        detector.settings.flatMap(({ names, values }) => each(names, { detector, values })),
      ),
    ),
    chosenKeySinks: sinks.filter(({ chosenKeys }) => chosenKeys),
    comparedSinks: sinks.filter(({ compared }) => compared),
    trivialFunctions: new Map(
      detectors.flatMap((detector) =>
        detector.trivialFunctions.flatMap(({ names, parameters }) => each(names, { detector, parameters })),
      ),
    ),
    nameSinks: sinks.flatMap((sink) =>
      sink.names === undefined ? [] : [{ sink, matches: new RegExp(sink.names, "iu") }],
    ),
    constants: new Map(models.flatMap(({ constants }) => Object.entries(constants))),
    plainFields: new Set(models.flatMap((model) => model.plainFields)),
    plainTypes: new Set(models.flatMap((model) => model.plainTypes)),
    carriedKinds: new Set(models.flatMap((model) => model.carriers.map(({ kind }) => kind))),
    numericKinds: new Set(models.flatMap((model) => model.numericKinds)),
    typeNames: new Map(
      models.flatMap((model) => model.typeNames.flatMap(({ types, as }) => each(types.flatMap(expandBraces), as))),
    ),
    handlersByName: new Map(handlers.flatMap((handler) => each(handler.names, handler))),
    secretName: compileSecretNames(models),
  };
}

/** A pattern and what holds of whatever it matches. */
type FactEntry = [pattern: string, facts: Partial<Facts>];

function detectorFacts(detector: Detector): FactEntry[] {
  const calls = detector.calls.flatMap(({ paths, ...rule }) => each(paths, { callRules: [{ detector, ...rule }] }));
  const fields = detector.fields.flatMap(({ paths, values, are = [], when }) =>
    each(paths, { fieldRules: [{ detector, values, are: are.flatMap(expandBraces), when }] }),
  );
  return [...calls, ...fields, ...each(detector.decorators, { decoratorRules: [detector] })];
}

function modelFacts(model: Model): FactEntry[] {
  return [
    ...model.sources.flatMap(({ kind, paths }) => each(paths, { sources: [kind] })),
    ...model.sinks.flatMap((sink) => [
      ...each(sink.calls, { callSinks: [sink] }),
      ...each(sink.fields, { fieldSinks: [sink] }),
    ]),
    ...model.sanitizers.flatMap((sanitizer) => each(sanitizer.calls, { sanitizers: [sanitizer] })),
    ...model.renames.flatMap((rename) => each(rename.calls, { renames: [rename] })),
    ...model.hardeners.flatMap((hardener) => each(hardener.calls, { hardeners: [hardener] })),
    ...model.guards.flatMap((guard) => each(guard.calls, { guards: [guard] })),
    ...model.handlers.flatMap((handler) => [
      ...each(handler.decorators, { decorators: [handler] }),
      ...each(handler.callbacks, { callbacks: [handler] }),
      ...each(handler.parameterDecorators, { parameterDecorators: [handler] }),
      ...each(handler.methods, { methods: [handler] }),
    ]),
    ...model.carriers.flatMap(({ kind, calls }) => each(calls, { carries: [kind] })),
    ...TRAITS.flatMap((trait) => each(model[trait], { traits: [trait] })),
  ];
}

const MAX_REMEMBERED = 20_000;

function indexFacts(entries: FactEntry[]): RuleSet["about"] {
  const index = indexPatterns(entries);
  const remembered = new Map<string, Facts>();
  return (path) => {
    const known = remembered.get(path);
    if (known !== undefined) return known;
    const found = index(path);
    const facts = found.length === 0 ? NO_FACTS : mergeFacts(found);
    if (remembered.size < MAX_REMEMBERED) remembered.set(path, facts);
    return facts;
  };
}

const NO_FACTS: Facts = mergeFacts([]);

function mergeFacts(parts: readonly Partial<Facts>[]): Facts {
  return {
    sources: parts.flatMap((part) => part.sources ?? []),
    callRules: parts.flatMap((part) => part.callRules ?? []),
    decoratorRules: parts.flatMap((part) => part.decoratorRules ?? []),
    fieldRules: parts.flatMap((part) => part.fieldRules ?? []),
    callSinks: parts.flatMap((part) => part.callSinks ?? []),
    fieldSinks: parts.flatMap((part) => part.fieldSinks ?? []),
    sanitizers: parts.flatMap((part) => part.sanitizers ?? []),
    renames: parts.flatMap((part) => part.renames ?? []),
    hardeners: parts.flatMap((part) => part.hardeners ?? []),
    guards: parts.flatMap((part) => part.guards ?? []),
    decorators: parts.flatMap((part) => part.decorators ?? []),
    callbacks: parts.flatMap((part) => part.callbacks ?? []),
    parameterDecorators: parts.flatMap((part) => part.parameterDecorators ?? []),
    methods: parts.flatMap((part) => part.methods ?? []),
    carries: parts.flatMap((part) => part.carries ?? []),
    traits: parts.flatMap((part) => part.traits ?? []),
  };
}

function each<Entry>(patterns: readonly string[] | undefined, entry: Entry): [string, Entry][] {
  return (patterns ?? []).map((pattern) => [pattern, entry]);
}

function compileSecretNames(models: Model[]): (name: string) => string | null {
  const rules = models.flatMap(({ secretNames }) =>
    secretNames === undefined
      ? []
      : [{ ...secretNames, yes: new RegExp(secretNames.matches, "iu"), no: new RegExp(secretNames.unless, "iu") }],
  );
  const remembered = new Map<string, string | null>();
  return (name) => {
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const kind = rules.find(({ yes, no }) => yes.test(name) && !no.test(name))?.kind ?? null;
    if (remembered.size < MAX_REMEMBERED) remembered.set(name, kind);
    return kind;
  };
}
