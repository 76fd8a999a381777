import type { Problem, Resource } from "./finding.ts";
import { hexOf } from "./random.ts";

const SERVICES: Record<number, { service: string; severity: "HIGH" | "MEDIUM" | "LOW" }> = {
  22: { service: "SSH", severity: "MEDIUM" },
  3389: { service: "RDP", severity: "HIGH" },
  8080: { service: "HTTP", severity: "LOW" },
  9200: { service: "Elasticsearch", severity: "HIGH" },
};

/** A port of an instance that the internet reaches, and the way there. */
export function networkProblem(resource: Resource, port: number): Problem {
  const { service, severity } = SERVICES[port] ?? { service: "TCP", severity: "MEDIUM" as const };
  const part = (prefix: string, of: string) =>
    `${prefix}-${hexOf(`${resource.accountId}/${resource.region}/${of}`, 17)}`;
  const steps = [
    { componentId: part("igw", "gateway"), componentType: "AWS::EC2::InternetGateway" },
    { componentId: part("acl", "acl"), componentType: "AWS::EC2::NetworkAcl" },
    { componentId: part("sg", `group/${port}`), componentType: "AWS::EC2::SecurityGroup" },
    { componentId: part("eni", resource.id), componentType: "AWS::EC2::NetworkInterface" },
    { componentId: resource.id, componentType: "AWS::EC2::Instance" },
  ];
  return {
    key: `network/${port}`,
    type: "NETWORK_REACHABILITY",
    vulnerability: null,
    fixAvailable: null,
    assessments: [
      { at: Number.NEGATIVE_INFINITY, severity, vector: null, score: null, epssScore: null, exploitAvailable: false },
    ],
    snippet: null,
    describe: () => ({
      title: `Port ${port} is reachable from an Internet Gateway - TCP`,
      description: `Anyone on the internet can open a connection to port ${port} (${service}) of ${resource.id}.`,
      remediation: {
        recommendation: {
          text: `Narrow the inbound rule of the security group ${steps[2]?.componentId} for port ${port}.`,
        },
      },
      networkReachabilityDetails: {
        openPortRange: { begin: port, end: port },
        protocol: "TCP",
        networkPath: { steps },
      },
    }),
  };
}
