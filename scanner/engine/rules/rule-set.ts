import { indexPatterns, type PatternIndex } from "./path-pattern.ts";
import type { Condition, Detector, Model, RuleLanguage } from "./rule-schema.ts";

export type Sink = Model["sinks"][number];
export type Handler = Model["handlers"][number];
export type CallRule = { detector: Detector; when: Condition | undefined; unless: Condition | undefined };
export type Sanitizer = Model["sanitizers"][number];
export type Guard = Model["guards"][number];

/** All rules and models of a language, arranged by what the interpreter meets in code. */
export type RuleSet = {
  detectorsByClass: Map<string, Detector>;
  secretDetector: Detector | null;
  callRules: PatternIndex<CallRule>;
  sources: PatternIndex<string>;
  callSinks: PatternIndex<Sink>;
  fieldSinks: PatternIndex<Sink>;
  keySinks: Map<string, Sink>;
  sanitizers: PatternIndex<Sanitizer>;
  guards: PatternIndex<Guard>;
  opaque: PatternIndex<true>;
  plainFields: Set<string>;
  keepers: PatternIndex<true>;
  exits: PatternIndex<true>;
  iterators: PatternIndex<true>;
  transformers: PatternIndex<true>;
  collectors: PatternIndex<true>;
  /** By kind: the calls it survives. A kind that is absent survives all. */
  carriers: Map<string, PatternIndex<true>>;
  handlersByDecorator: PatternIndex<Handler>;
  handlersByCallback: PatternIndex<Handler>;
  handlersByParameterDecorator: PatternIndex<Handler>;
  handlersByName: Map<string, Handler>;
  secretName: (name: string) => string | null;
};

export function compileRules(language: RuleLanguage, allDetectors: Detector[], allModels: Model[]): RuleSet {
  const detectors = allDetectors.filter((detector) => detector.language === language);
  const models = allModels.filter((model) => model.language === language);
  const handlers = models.flatMap((model) => model.handlers);
  const sinks = models.flatMap((model) => model.sinks);
  const carriers = models.flatMap((model) => model.carriers);
  return {
    detectorsByClass: new Map(
      detectors.flatMap((detector) => (detector.taint === undefined ? [] : [[detector.taint.class, detector]])),
    ),
    secretDetector: detectors.find((detector) => detector.secrets) ?? null,
    callRules: indexPatterns(
      detectors.flatMap((detector) =>
        detector.calls.flatMap(({ paths, when, unless }) => each(paths, { detector, when, unless })),
      ),
    ),
    sources: indexPatterns(models.flatMap((model) => model.sources.flatMap(({ kind, paths }) => each(paths, kind)))),
    callSinks: indexPatterns(sinks.flatMap((sink) => each(sink.calls, sink))),
    fieldSinks: indexPatterns(sinks.flatMap((sink) => each(sink.fields, sink))),
    keySinks: new Map(sinks.flatMap((sink) => each(sink.keys, sink))),
    sanitizers: indexPatterns(
      models.flatMap((model) => model.sanitizers.flatMap((sanitizer) => each(sanitizer.calls, sanitizer))),
    ),
    guards: indexPatterns(models.flatMap((model) => model.guards.flatMap((guard) => each(guard.calls, guard)))),
    opaque: indexPatterns(models.flatMap((model) => each(model.opaque, true as const))),
    plainFields: new Set(models.flatMap((model) => model.plainFields)),
    keepers: indexPatterns(models.flatMap((model) => each(model.keepers, true as const))),
    exits: indexPatterns(models.flatMap((model) => each(model.exits, true as const))),
    iterators: indexPatterns(models.flatMap((model) => each(model.iterators, true as const))),
    transformers: indexPatterns(models.flatMap((model) => each(model.transformers, true as const))),
    collectors: indexPatterns(models.flatMap((model) => each(model.collectors, true as const))),
    carriers: new Map(carriers.map(({ kind, calls }) => [kind, indexPatterns(each(calls, true as const))])),
    handlersByDecorator: indexPatterns(handlers.flatMap((handler) => each(handler.decorators, handler))),
    handlersByCallback: indexPatterns(handlers.flatMap((handler) => each(handler.callbacks, handler))),
    handlersByParameterDecorator: indexPatterns(
      handlers.flatMap((handler) => each(handler.parameterDecorators, handler)),
    ),
    handlersByName: new Map(handlers.flatMap((handler) => each(handler.names, handler))),
    secretName: compileSecretNames(models),
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
    if (remembered.size < 20_000) remembered.set(name, kind);
    return kind;
  };
}
