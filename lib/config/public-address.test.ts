import { expect, test } from "vitest";
import { isPublicAddress, lookupPublic } from "./public-address.ts";

test("addresses of private networks, of this machine and of cloud metadata are not public", () => {
  const inside = [
    "10.0.0.5",
    "127.0.0.1",
    "169.254.169.254",
    "172.20.1.1",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "::",
    "::ffff:10.0.0.5",
    "fd00:ec2::254",
    "fe80::1",
    "2002:0a00:0005::1",
    "64:ff9b::a00:5",
    "not an address",
  ];
  expect(inside.filter(isPublicAddress)).toEqual([]);
});

test("addresses of the internet are", () => {
  const outside = ["23.67.131.29", "8.8.8.8", "172.32.0.1", "2a02:26f0:7100:8a8::447a", "2606:4700::1111"];
  expect(outside.filter(isPublicAddress)).toEqual(outside);
});

test("a name that leads to this machine is refused when it is looked up", async () => {
  const error = await new Promise((resolve) => lookupPublic("localhost", {}, resolve));
  expect(error).toMatchObject({ name: "PrivateAddressError" });
});
