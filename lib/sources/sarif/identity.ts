import { hash } from "node:crypto";
import type { SarifLocation, SarifResult } from "#lib/domain/sarif-log.ts";
import { toLines, toMarkedCode } from "./code-lines.ts";
import type { FoundRule } from "./find-rule.ts";

/** What a result is told apart by. */
export type Named = {
  result: SarifResult;
  location: SarifLocation;
  path: string;
  found: FoundRule;
  message: string;
  category: string;
};

/**
 * The name of a problem across the revisions of a report, wherever its line is: tool, rule and file, and the tool's own
 * fingerprint, or else the marked code, or else the message without its numbers. Equal problems of one file share it.
 */
export function toIdentity(named: Named): string {
  const { found, path, category } = named;
  const parts = [found.toolName, category, found.id, path, ...(toFingerprint(named.result) ?? ownFingerprint(named))];
  return hash("sha256", parts.join("\0"), "hex").slice(0, 32);
}

/** Written by a tool instead of a fingerprint, when nobody is signed in to its service. */
const NO_FINGERPRINT = /requires? (a )?login/i;
/** Of a column: it moves with every change in the line. */
const IS_OF_COLUMN = /column/i;

function toFingerprint({ fingerprints, partialFingerprints }: SarifResult): string[] | null {
  const [stable] = entriesOf(fingerprints);
  if (stable) return ["fingerprint", ...stable];
  const partial = entriesOf(partialFingerprints).filter(([name]) => !IS_OF_COLUMN.test(name));
  // The line's hash with its count is enough, and the one that every tool computes alike.
  const ofLine = partial.find(([name]) => name === "primaryLocationLineHash");
  if (ofLine) return ["partial", ...ofLine];
  return partial.length > 0 ? ["partial", ...partial.flat()] : null;
}

/** By name; the first is that of the oldest version, which a newer tool still writes. */
function entriesOf(fingerprints: Record<string, string> | null | undefined): [string, string][] {
  return Object.entries(fingerprints ?? {})
    .filter(([, value]) => value.trim() !== "" && !NO_FINGERPRINT.test(value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function ownFingerprint({ location, message }: Named): string[] {
  const code = toMarkedCode(location);
  if (code !== "") return ["code", code];
  const names = (location.logicalLocations ?? []).map((one) => one.fullyQualifiedName ?? one.name ?? "");
  return ["message", message.replace(/\d+/g, "#"), ...names];
}

const LAST_LINE = 2 ** 21 - 1;
const LAST_COLUMN = 2 ** 12 - 1;

/** Where among its equals a result stands: by line, then column, then words. Two that share it are one. */
export function toOrder({ location, message }: Named): number {
  const region = location.physicalLocation?.region;
  const line = Math.min(toLines(region).startLine, LAST_LINE);
  const offset = region?.startColumn ?? region?.charOffset ?? region?.byteOffset ?? 0;
  const column = Math.min(Math.max(0, Math.trunc(offset)), LAST_COLUMN);
  const words = Number.parseInt(hash("sha256", message, "hex").slice(0, 5), 16);
  // 21, 12 and 20 bits: 53, which a number holds exactly.
  return (line * 2 ** 12 + column) * 2 ** 20 + words;
}
