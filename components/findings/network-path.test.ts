import { expect, test } from "vitest";
import { portWords, toNetworkStops } from "./network-path.ts";

const aNetwork = { protocol: "TCP", portBegin: 22, portEnd: 22 };
const gateway = { componentId: "igw-1", componentType: "AWS::EC2::InternetGateway" };
const acl = { componentId: "acl-1", componentType: "AWS::EC2::NetworkAcl" };
const instance = { componentId: "i-1", componentType: "AWS::EC2::Instance" };
const words = (path: (typeof gateway)[]) => toNetworkStops({ ...aNetwork, path }).map(({ word }) => word);

test("the way begins outside, whichever end the source begins at", () => {
  const way = ["Internet", "Internet gateway", "Network ACL", "Instance"];
  expect(words([gateway, acl, instance])).toEqual(way);
  expect(words([instance, acl, gateway])).toEqual(way);
});

test("without an internet gateway, it is another network that reaches in", () => {
  expect(words([{ componentId: "pcx-1", componentType: "AWS::EC2::VPCPeeringConnection" }, instance])).toEqual([
    "Another network",
    "VPC peering",
    "Instance",
  ]);
});

test("a component that we do not know is named by its own words", () => {
  expect(words([gateway, { componentId: "x", componentType: "AWS::EC2::CarrierGateway" }])).toEqual([
    "Internet",
    "Internet gateway",
    "Carrier gateway",
  ]);
});

test("a source that tells no way has none", () => {
  expect(words([])).toEqual([]);
});

test("ports are told as one, as a range, or as every", () => {
  expect(portWords({ ...aNetwork, path: [] })).toBe("TCP port 22");
  expect(portWords({ ...aNetwork, portEnd: 30, path: [] })).toBe("TCP ports 22 to 30");
  expect(portWords({ ...aNetwork, portBegin: 0, portEnd: 65_535, path: [] })).toBe("Every TCP port");
});
