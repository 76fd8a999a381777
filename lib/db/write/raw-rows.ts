import { setImmediate } from "node:timers/promises";
import type { FindingDetail, ObservedFinding } from "#lib/domain/observed-finding.ts";
import { toCompressedJson } from "../compressed-json.ts";
import type { Dictionaries } from "../compression-dictionary.ts";
import type { Columns, RowOf } from "./copy-rows.ts";
import type { FindingChange } from "./finding-change.ts";

export const RAW_COLUMNS = {
  account_id: "text",
  finding_id: "uuid",
  detail: "bytea",
  raw: "bytea?",
  dictionary_id: "int4?",
  resource_dictionary_id: "int4?",
} as const satisfies Columns;
export type RawRow = RowOf<typeof RAW_COLUMNS>;

/** A change that brings a finding's content with it. */
export type WithContent = FindingChange & { content: ObservedFinding };

/** So many are compressed before the connection is looked after again. */
const COMPRESSED_AT_ONCE = 50;

/** What is told of each finding, compressed, in the same order. */
export async function toRawRows(told: WithContent[], dictionaries: Dictionaries): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for (const one of told) {
    rows.push(toRawRow(one, dictionaries));
    if (rows.length % COMPRESSED_AT_ONCE === 0) await setImmediate();
  }
  return rows;
}

function toRawRow({ after, content }: WithContent, dictionaries: Dictionaries): RawRow {
  const shared = dictionaries.ofVulnerability.get(after.vulnerability_id) ?? dictionaries.ofSource;
  const own = dictionaries.ofResource.get(after.resource_id) ?? null;
  const both = [shared, own].flatMap((dictionary) => dictionary?.content ?? []);
  const known = both.length === 0 ? null : Buffer.concat(both);
  return {
    account_id: after.account_id,
    finding_id: after.id,
    detail: toCompressedJson(toDetail(content), known),
    raw: content.raw === undefined ? null : toCompressedJson(content.raw, known),
    dictionary_id: shared?.id ?? null,
    resource_dictionary_id: own?.id ?? null,
  };
}

/** What of an observed finding stands in its detail, beside the columns of the list. */
export function toDetail(content: ObservedFinding): FindingDetail {
  const { description, scoreAdjustments, packages, code, network, remediation } = content;
  return { description, scoreAdjustments, packages, code, network, remediation };
}
