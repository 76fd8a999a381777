import type { IconName } from "#components/ui/icon.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";

type Network = NonNullable<FindingWithDetail["detail"]["network"]>;

/** A stop on the way from outside to the open port. `id` is null where it is no component of the account. */
export type NetworkStop = { word: string; id: string | null; icon: IconName };

const INTERNET: NetworkStop = { word: "Internet", id: null, icon: "globe" };
const OTHER_NETWORK: NetworkStop = { word: "Another network", id: null, icon: "globe" };

/** By the end of CloudFormation's names, as in AWS::EC2::NetworkAcl. A map, since the names come from outside. */
const COMPONENTS = new Map<string, { word: string; icon: IconName }>([
  ["InternetGateway", { word: "Internet gateway", icon: "link" }],
  ["EgressOnlyInternetGateway", { word: "Egress-only internet gateway", icon: "link" }],
  ["VPNGateway", { word: "VPN gateway", icon: "link" }],
  ["VPCPeeringConnection", { word: "VPC peering", icon: "link" }],
  ["TransitGateway", { word: "Transit gateway", icon: "link" }],
  ["NetworkAcl", { word: "Network ACL", icon: "filter" }],
  ["SecurityGroup", { word: "Security group", icon: "filter" }],
  ["RouteTable", { word: "Route table", icon: "arrow" }],
  ["Subnet", { word: "Subnet", icon: "layers" }],
  ["LoadBalancer", { word: "Load balancer", icon: "layers" }],
  ["NetworkInterface", { word: "Network interface", icon: "layers" }],
  ["Instance", { word: "Instance", icon: "target" }],
]);

function toStop({ componentId, componentType }: Network["path"][number]): NetworkStop {
  const name = componentType.split("::").at(-1) ?? componentType;
  return { ...(COMPONENTS.get(name) ?? { word: toWords(name), icon: "layers" }), id: componentId };
}

/** "NatGateway" as "Nat gateway". */
function toWords(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Every stop from outside to what is open, whichever end the source begins at. Empty where it tells none. */
export function toNetworkStops({ path }: Network): NetworkStop[] {
  const stops = path.map(toStop);
  const [first] = stops;
  if (!first) return [];
  const fromOutside = first.word === "Instance" && stops.length > 1 ? stops.toReversed() : stops;
  const isInternet = fromOutside[0]?.word === "Internet gateway";
  return [isInternet ? INTERNET : OTHER_NETWORK, ...fromOutside];
}

/** "TCP port 22", "UDP ports 8000 to 8010", "every TCP port". */
export function portWords({ protocol, portBegin, portEnd }: Network): string {
  if (portBegin === portEnd) return `${protocol} port ${portBegin}`;
  if (portBegin <= 1 && portEnd === 65_535) return `Every ${protocol} port`;
  return `${protocol} ports ${portBegin} to ${portEnd}`;
}
