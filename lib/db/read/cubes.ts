import { Prisma } from "../generated/client.ts";

/** What a rollup of findings is counted by: the names of query fields. Its columns have the names that finding has. */
type Cube = { table: string; fields: ReadonlySet<string> };

const STANDING = ["severity", "status", "sample"];
const KINDS = ["source", "type", "fixAvailable", "exploitAvailable", "knownExploited"];
const PLACES = ["region", "resourceType"];

/** The smallest first. */
const CUBES: Cube[] = [
  cube("organisation_cube", ...KINDS, ...PLACES),
  cube("account_cube", "accountId", "source"),
  cube("team_cube", "team", ...KINDS, ...PLACES),
  cube("team_account_cube", "team", "accountId", "source"),
  cube("scan_cube", "scanName"),
  cube("package_cube", "packageName"),
  cube("place_cube", "accountId", "source", ...PLACES),
  cube("finding_cube", "accountId", ...KINDS),
  // What is asked of vulnerabilities is asked by their id.
  cube("vulnerability_cube", "cve", "detectorId", "cwe", "epss"),
];

function cube(table: string, ...fields: string[]): Cube {
  return { table, fields: new Set([...STANDING, ...fields]) };
}

/** The smallest rollup that is counted by all of these fields; null where there is none. */
export function findCube(fields: Iterable<string>): Prisma.Sql | null {
  const asked = [...fields];
  const found = CUBES.find((one) => asked.every((field) => one.fields.has(field)));
  return found === undefined ? null : Prisma.raw(found.table);
}
