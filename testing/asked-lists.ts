import type { Finding } from "#lib/domain/finding.ts";
import { findingFacetsSchema, findingPageSchema } from "#lib/domain/finding-page.ts";
import type { RouteHandler } from "#lib/http/operation.ts";
import * as facetsRoute from "../app/api/v1/findings/facets/route.ts";
import * as findingsRoute from "../app/api/v1/findings/route.ts";
import * as csvRoute from "../app/api/v1/findings.csv/route.ts";
import * as jsonlRoute from "../app/api/v1/findings.jsonl/route.ts";
import { ask, type Signed } from "./api.ts";

export type AskedList = { items: Finding[]; ids: string[]; issues: Set<string>; count: number };

/** What the API answers a person about one and the same list: page by page, in files, in its facets. */
export function askedLists(person: () => Signed) {
  /** The answer; throws where it is none. */
  async function get(route: RouteHandler, path: string): Promise<Response> {
    const response = await ask(route, path, { headers: person().headers });
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  /** Everything on the list, page by page, and what its last page says of their number. */
  async function listOf(query: string): Promise<AskedList> {
    const items: Finding[] = [];
    let count = 0;
    let cursor = "";
    do {
      const path = `/api/v1/findings?${query}&limit=200${cursor && `&cursor=${cursor}`}`;
      const page = findingPageSchema.parse(await (await get(findingsRoute.GET, path)).json());
      items.push(...page.items);
      count = page.total.count;
      cursor = page.nextCursor ?? "";
    } while (cursor);
    return { items, ids: items.map(({ id }) => id), issues: new Set(items.map(({ issueId }) => issueId)), count };
  }

  async function csvIdsOf(query: string): Promise<string[]> {
    const text = await (await get(csvRoute.GET, `/api/v1/findings.csv?${query}`)).text();
    const [, ...lines] = text.trimEnd().split("\r\n");
    return lines.map((line) => line.split(",")[0] ?? "");
  }

  /** Without the last line, which says that the file is whole. */
  async function jsonlIdsOf(query: string): Promise<string[]> {
    const text = await (await get(jsonlRoute.GET, `/api/v1/findings.jsonl?${query}`)).text();
    const lines = text.trimEnd().split("\n").slice(0, -1);
    return lines.map((line) => String(JSON.parse(line).id));
  }

  async function facetsOf(query: string) {
    const answer = await get(facetsRoute.GET, `/api/v1/findings/facets?${query}`);
    return findingFacetsSchema.parse(await answer.json());
  }

  return { get, listOf, csvIdsOf, jsonlIdsOf, facetsOf };
}
