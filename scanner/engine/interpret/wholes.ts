import type { Expression } from "../ir/nodes.ts";

/** What a value was cut out of: `name` for `name.split(".")[1]` and `splitext(name)[1]`. */
export function* wholesOf(place: Expression): Generator<Expression> {
  if (place.kind === "index") yield* withWholes(place.object);
  if (place.kind !== "call") return;
  if (place.callee.kind === "member") yield* withWholes(place.callee.object);
  for (const { value } of place.arguments) yield* withWholes(value);
}

function* withWholes(place: Expression): Generator<Expression> {
  yield place;
  yield* wholesOf(place);
}
