/** A part of a regular expression: one character, or a group of alternatives, and how often it may come. */
type Part = { source: string; alternatives: Part[][] | null; isOptional: boolean; isRepeated: boolean };

/** `rest` is what has not been read yet; each character is read once. */
type Reader = { rest: string; depth: number };

/** Longer patterns, and deeper ones, are left alone: whoever wrote the file chose them. */
const MAX_LENGTH = 1_000;
const MAX_DEPTH = 20;
/** So many turns of a group cost as much as any number. */
const MANY_TURNS = 10;

const CHARACTER = /^(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^()|])/su;
const QUANTIFIER = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})[?+]?/u;
/** Of each kind of character one. */
const SAMPLES = ["a", "Z", "5", "_", " ", "\t", "-", ".", ",", "/", ":", ";", "@", '"', "'", "(", "<", "=", "&", "é"];

/**
 * Whether a pattern may try more ways to match than anybody can wait for: what is repeated inside of a repeated group can
 * be shared out among its turns in many ways, and what comes behind can fail. `(a+)+$` is one, `(?:\w+,)*$` is none.
 */
export function isSlowPattern(pattern: string): boolean {
  if (pattern.length > MAX_LENGTH) return false;
  const reader: Reader = { rest: pattern, depth: 0 };
  return readAlternatives(reader).some((parts) => hasSlowGroup(parts, false));
}

function hasSlowGroup(parts: Part[], mayFailBehind: boolean): boolean {
  return parts.some((part, position) => {
    if (part.alternatives === null) return false;
    const mayFail = mayFailBehind || parts.slice(position + 1).some(({ isOptional }) => !isOptional);
    if (part.isRepeated && mayFail && part.alternatives.some(isAmbiguous)) return true;
    return part.alternatives.some((inner) => hasSlowGroup(inner, mayFail));
  });
}

/** Whether nothing in a turn marks where it begins or ends: all that must come may be part of what is repeated. */
function isAmbiguous(turn: Part[]): boolean {
  return turn.some((repeated) => {
    const isSame = (part: Part) => part === repeated || part.isOptional || overlap(part, repeated);
    return repeated.isRepeated && turn.every(isSame);
  });
}

function overlap(left: Part, right: Part): boolean {
  const samples = samplesOf(right);
  return [...samplesOf(left)].some((sample) => samples.has(sample));
}

function samplesOf({ source, alternatives }: Part): Set<string> {
  if (alternatives !== null) return new Set(alternatives.flat().flatMap((part) => [...samplesOf(part)]));
  const matches = compiled(source);
  return new Set([...SAMPLES, source].filter((sample) => matches?.test(sample) ?? false));
}

/** One character's source, which is read as JavaScript reads it, or null where only Python does. */
function compiled(source: string): RegExp | null {
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return null;
  }
}

function readAlternatives(reader: Reader): Part[][] {
  const alternatives: Part[][] = [[]];
  while (reader.rest !== "" && !reader.rest.startsWith(")")) {
    if (reader.rest.startsWith("|")) {
      reader.rest = reader.rest.slice(1);
      alternatives.push([]);
    } else alternatives.at(-1)?.push(readPart(reader));
  }
  return alternatives;
}

function readPart(reader: Reader): Part {
  const group = /^\((?:\?(?:P?<\w+>|[:=!>]|<[=!]|[a-zA-Z-]+:?))?/u.exec(reader.rest)?.[0];
  const source = group ?? CHARACTER.exec(reader.rest)?.[0] ?? reader.rest.slice(0, 1);
  reader.rest = reader.rest.slice(source.length);
  const alternatives = group === undefined ? null : readGroup(reader);
  const [quantifier = "", least, comma, most] = QUANTIFIER.exec(reader.rest) ?? [];
  reader.rest = reader.rest.slice(quantifier.length);
  const turns = comma === "," ? most : least;
  const isCounted = quantifier.startsWith("{");
  return {
    source,
    alternatives,
    isOptional: /^[*?]/u.test(quantifier) || (isCounted && Number(least) === 0),
    isRepeated: isCounted ? turns === "" || Number(turns) >= MANY_TURNS : /^[*+]/u.test(quantifier),
  };
}

function readGroup(reader: Reader): Part[][] {
  reader.depth++;
  const alternatives = reader.depth > MAX_DEPTH ? [] : readAlternatives(reader);
  reader.depth--;
  if (reader.rest.startsWith(")")) reader.rest = reader.rest.slice(1);
  else if (reader.depth >= MAX_DEPTH) reader.rest = "";
  return alternatives;
}
