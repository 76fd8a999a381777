import { isPlace, type SarifArtifactLocation } from "#lib/domain/sarif-log.ts";
import type { RunContext } from "./run-context.ts";

const LONGEST_PATH = 1024;
const MOST_BASES = 10;
const MOST_PARENTS = 10;

/**
 * A file by its path from the root of what was examined, so that it is the same on every machine: relative addresses
 * with their bases, absolute ones without the root that the run names. What lies inside another file follows behind
 * `!/`. Null where no file is named. It never leads out of the root, and is text, not an address.
 */
export function toArtifactPath(location: SarifArtifactLocation | null | undefined, run: RunContext): string | null {
  if (!location) return null;
  const artifact = isPlace(location.index) ? run.artifacts[location.index] : undefined;
  if (artifact && isPlace(artifact.parentIndex)) return toNestedPath(location.index ?? 0, run);
  return toPath(location.uri ? location : (artifact?.location ?? location), run);
}

function toNestedPath(index: number, run: RunContext): string | null {
  const parts: string[] = [];
  let at: number | null = index;
  while (at !== null && parts.length < MOST_PARENTS) {
    const artifact: RunContext["artifacts"][number] | undefined = run.artifacts[at];
    const path = toPath(artifact?.location, run);
    if (path !== null) parts.unshift(path);
    at = isPlace(artifact?.parentIndex) ? artifact.parentIndex : null;
  }
  return parts.length === 0 ? null : parts.join("!/").slice(0, LONGEST_PATH);
}

function toPath(location: SarifArtifactLocation | null | undefined, run: RunContext): string | null {
  const uri = location?.uri?.trim();
  if (!uri) return null;
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "file") return toText(uri);
  const path = scheme === "file" || isAbsolute(uri) ? withoutRoot(uri, run) : withBases(uri, location?.uriBaseId, run);
  return toText(toSegments(path).join("/")) || null;
}

const isAbsolute = (uri: string): boolean => /^(\/|\\|[a-z]:[\\/])/i.test(uri);

/** Bases that are relative themselves belong to the path; where one is absolute, or unknown, the root is reached. */
function withBases(uri: string, uriBaseId: string | null | undefined, { baseIds }: RunContext): string {
  let path = uri;
  let id = uriBaseId;
  for (let n = 0; id && n < MOST_BASES; n++) {
    const base: SarifArtifactLocation | undefined = Object.hasOwn(baseIds, id) ? baseIds[id] : undefined;
    if (!base?.uri || isAbsolute(base.uri) || /^[a-z][a-z0-9+.-]+:/i.test(base.uri)) break;
    path = `${base.uri.replace(/\/?$/, "/")}${path}`;
    id = base.uriBaseId;
  }
  return path;
}

/** The longest root that the run names counts. */
function withoutRoot(uri: string, { baseIds, workingDirectories }: RunContext): string {
  const path = withoutScheme(uri);
  const bases = Object.values(baseIds).flatMap((base) => base.uri ?? []);
  const roots = [...bases, ...workingDirectories]
    .filter((root) => isAbsolute(withoutScheme(root)))
    .map((root) => withoutScheme(root).replace(/\/?$/, "/"))
    .filter((root) => root !== "/" && path.startsWith(root))
    .sort((a, b) => b.length - a.length);
  return path.slice(roots[0]?.length ?? 0);
}

/** `file:///srv/app` and `file://host/srv/app` are `/srv/app`. */
function withoutScheme(uri: string): string {
  return uri.replace(/^file:(\/\/[^/]*)?/i, "");
}

/** Decoded first: an encoded `..` is one too. */
function toSegments(path: string): string[] {
  const segments: string[] = [];
  for (const segment of decode(path.replace(/[?#].*$/s, "")).split(/[\\/]/)) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function toText(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return path.replace(/[\u0000-\u001f\u007f-\u009f]/g, "").slice(0, LONGEST_PATH);
}
