import { beforeAll, expect, test } from "vitest";
import { apiDatabase, aSignedInPerson, ask, type Signed } from "#testing/api.ts";
import { GET as getFacets } from "./facets/route.ts";
import { GET as getGroups } from "./groups/route.ts";
import { GET as getList } from "./route.ts";
import { GET as getSuggestions } from "./suggestions/route.ts";

apiDatabase();

let viewer: Signed;
beforeAll(async () => {
  viewer = await aSignedInPerson("viewer");
});

const ROUTES = { "": getList, "/facets": getFacets, "/groups": getGroups, "/suggestions": getSuggestions };

async function faultOf(path: keyof typeof ROUTES, query: string) {
  const response = await ask(ROUTES[path], `/api/v1/findings${path}?${query}`, { headers: viewer.headers });
  return { status: response.status, field: (await response.json()).errors?.[0]?.field };
}

test.each([
  ["", "severity=terrible", "severity.0"],
  ["", "-severity=high,terrible", "-severity.1"],
  ["", "score=9..1", "score.0"],
  ["", "epss=0.1..2", "epss.0"],
  ["", "age=old", "age.0"],
  ["", "due=sometime", "due.0"],
  ["", "suppressedBy=nobody", "suppressedBy.0"],
  ["", "issueId=7", "issueId.0"],
  ["", "-q=word", "-q"],
  ["", "colour=red", "colour"],
  ["", "cursor=nonsense", "cursor"],
  ["/facets", "-status=gone", "-status.0"],
  ["/groups", "status=active", "by"],
  ["/groups", "by=colour", "by"],
  ["/groups", "by=cve&cursor=nonsense", "cursor"],
  ["/suggestions", "field=severity", "field"],
] as const)("%s?%s is refused, and the field named", async (path, query, field) => {
  expect(await faultOf(path, query)).toEqual({ status: 400, field });
});

test("an empty installation has no groups", async () => {
  const response = await ask(getGroups, "/api/v1/findings/groups?by=cve", { headers: viewer.headers });
  expect(await response.json()).toEqual({ asOf: null, by: "cve", items: [], nextCursor: null });
});
