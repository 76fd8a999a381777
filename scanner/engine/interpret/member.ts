import { ANY_KEY, type ClassOfFile, elementOf, joinAll, joinTaints, joinValues, UNKNOWN, type Value } from "./value.ts";

const MAX_PATH = 240;

/** `base.property`, shortened from the left when chains get long: rules look at the end. */
export function extendPath(base: string | null, property: string): string {
  const path = `${base ?? "?"}.${property}`;
  return path.length <= MAX_PATH ? path : `?.${path.slice(path.length - MAX_PATH / 2).replace(/^[^.]*\./u, "")}`;
}

/** How the answer of a call came about. */
export function callPath(path: string | null): string {
  return `${path ?? "?"}()`;
}

/** A method of a value; unlike a field it is never one of the unnamed things inside. */
export function methodOf(value: Value, name: string): Value {
  const isStored = value.elements?.has(name) ?? false;
  return memberOf(isStored || value.elements === null ? value : { ...value, elements: null }, name);
}

/** A field or method of a value: what was stored there, or else a part of the whole and dangerous like it. */
export function memberOf(value: Value, property: string): Value {
  const path = extendPath(value.path, property);
  const stored = elementOf(value, property);
  if (stored !== undefined) return { ...stored, path: stored.path ?? path };
  const owner = value.instance ?? value.constructs;
  const field = owner === null ? undefined : fieldOf(owner, property, value);
  if (field !== undefined) return { ...field, path: field.path ?? path };
  return { ...UNKNOWN, taints: value.taints, path };
}

function fieldOf(owner: ClassOfFile, property: string, self: Value): Value | undefined {
  for (let level: ClassOfFile | null = owner; level !== null; level = level.parent) {
    const method = level.node.methods.find((candidate) => candidate.name === property);
    if (method !== undefined) return { ...UNKNOWN, callable: { function: method, frame: level.frame, self } };
    const field = level.fields.get(property);
    if (field !== undefined) return field;
  }
  return undefined;
}

/** Remembers what was stored in a field of any instance of a class of this file. */
export function storeField(owner: ClassOfFile, property: string, value: Value): void {
  const known = owner.fields.get(property);
  owner.fields.set(property, known === undefined ? value : joinValues(known, value));
}

/** Whatever one meets when walking through a value. */
export function insideOf(value: Value): Value {
  const inside = joinAll([...(value.elements?.values() ?? [])]);
  const path =
    elementOf(value, ANY_KEY)?.path ?? inside.path ?? (value.path === null ? null : extendPath(value.path, "[]"));
  return { ...inside, constant: undefined, path, taints: joinTaints(inside.taints, value.taints) };
}
