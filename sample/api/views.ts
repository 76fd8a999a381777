import type { Finding, Resource } from "../organisation/finding.ts";
import type { Organisation } from "../organisation/organisation.ts";
import { type SeenFinding, seenAt } from "./seen-finding.ts";

/** Enough for a few passes side by side, each in its own region at its own instant. */
const REMEMBERED = 12;

/** The organisation by region and instant; what was asked for lately is remembered, so paging costs nothing. */
export type Views = {
  /** What Inspector shows at that instant, in the order of the ARNs. */
  findings(region: string, instant: number): readonly SeenFinding[];
  /** The finding with that ARN if it is to be seen at that instant. */
  finding(arn: string, instant: number): SeenFinding | null;
  resources(region: string): readonly Resource[];
  /** `make()`, or what it made the last time it was called for that key. */
  remember<T extends object>(key: string, make: () => T): T;
};

export function viewsOf(organisation: Organisation): Views {
  const byRegion = new Map<string, Finding[]>(organisation.regions.map((region) => [region, []]));
  for (const finding of organisation.findings) byRegion.get(finding.resource.region)?.push(finding);
  for (const findings of byRegion.values()) findings.sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const byArn = new Map(organisation.findings.map((finding) => [finding.arn, finding]));
  const resourcesByRegion = Map.groupBy(organisation.resources, ({ region }): string => region);
  const remembered = new Map<string, object>();

  const remember = <T extends object>(key: string, make: () => T): T => {
    // The key names what was made, so what is found under it has the type that made it.
    const made = (remembered.get(key) as T | undefined) ?? make();
    remembered.delete(key);
    remembered.set(key, made);
    const oldest = remembered.keys().next();
    if (remembered.size > REMEMBERED && !oldest.done) remembered.delete(oldest.value);
    return made;
  };
  return {
    remember,
    findings: (region, instant) =>
      remember(`findings/${region}/${instant}`, () =>
        (byRegion.get(region) ?? []).flatMap((finding) => seenAt(finding, instant) ?? []),
      ),
    finding: (arn, instant) => {
      const finding = byArn.get(arn);
      return finding ? seenAt(finding, instant) : null;
    },
    resources: (region) => resourcesByRegion.get(region) ?? [],
  };
}
