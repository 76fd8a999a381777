import { type Branch, type Frame, joinAll, type Landing, type Layer, UNKNOWN, type Value } from "./value.ts";

export function newFrame(parent: Frame | null): Frame {
  return { top: { variables: new Map(), base: null }, parent, landings: [] };
}

function lookInLayers(from: Layer | null, name: string): Value | undefined {
  for (let layer = from; layer !== null; layer = layer.base) {
    const value = layer.variables.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function readVariable(frame: Frame, name: string): Value | undefined {
  for (let scope: Frame | null = frame; scope !== null; scope = scope.parent) {
    const value = lookInLayers(scope.top, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function writeVariable(frame: Frame, name: string, value: Value): void {
  frame.top.variables.set(name, value);
}

/** Writes to the variable where it was declared, or here if nowhere. */
export function updateVariable(frame: Frame, name: string, value: Value): void {
  for (let scope: Frame | null = frame; scope !== null; scope = scope.parent) {
    if (lookInLayers(scope.top, name) === undefined) continue;
    scope.top.variables.set(name, value);
    return;
  }
  writeVariable(frame, name, value);
}

/** The names and values of this frame alone, newest first; a name may come more than once. */
export function* variablesOf(frame: Frame): Generator<[string, Value]> {
  for (let layer: Layer | null = frame.top; layer !== null; layer = layer.base) yield* layer.variables;
}

/** Runs `body` on a fork of the frame and returns what it changed, without changing the frame. */
export function runBranch(frame: Frame, body: () => boolean): Branch {
  const base = frame.top;
  const layer: Layer = { variables: new Map(), base };
  frame.top = layer;
  try {
    const isEnded = body();
    return { layer, isEnded };
  } finally {
    frame.top = base;
  }
}

/** Lets branches meet: each variable may be what any branch that goes on made of it. True if none goes on. */
export function meetBranches(frame: Frame, branches: Branch[]): boolean {
  const alive = branches.filter((branch) => !branch.isEnded);
  if (alive.length === 0) return branches.length > 0;
  const names = new Set(alive.flatMap((branch) => [...branch.layer.variables.keys()]));
  for (const name of names) {
    const values = alive.map((branch) => lookInLayers(branch.layer, name) ?? UNKNOWN);
    frame.top.variables.set(name, joinAll(values));
  }
  return false;
}

/** Runs a loop's or a switch's body. Returns the branches that left it by a jump. */
export function catchJumps(frame: Frame, isLoop: boolean, body: () => void): Branch[] {
  const landing: Landing = { base: frame.top, isLoop, branches: [] };
  frame.landings.push(landing);
  try {
    body();
  } finally {
    frame.landings.pop();
  }
  return landing.branches;
}

/** Leaves the nearest loop, or with `canLeaveSwitch` the nearest switch, with the variables as they are now. */
export function jump(frame: Frame, canLeaveSwitch: boolean): void {
  const landing = frame.landings.findLast(({ isLoop }) => isLoop || canLeaveSwitch);
  if (landing === undefined) return;
  const variables = new Map<string, Value>();
  for (let layer: Layer | null = frame.top; layer !== null && layer !== landing.base; layer = layer.base) {
    for (const [name, value] of layer.variables) if (!variables.has(name)) variables.set(name, value);
  }
  landing.branches.push({ layer: { variables, base: landing.base }, isEnded: false });
}
