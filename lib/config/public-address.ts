import dns from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** What is not the internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
const RESERVED_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Of IPv6, only 2000::/3 is the internet; in it, documentation and what carries an address of IPv4 inside is not. */
const GLOBAL_V6 = ["2000::/3"];
const RESERVED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const reserved = toBlockList(RESERVED_V4, "ipv4");
const global6 = toBlockList(GLOBAL_V6, "ipv6");
const reserved6 = toBlockList(RESERVED_V6, "ipv6");

function toBlockList(subnets: string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = "", prefix] = subnet.split("/");
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Whether an IP address is one of the internet, and of nobody's own network. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !reserved.check(address, "ipv4");
  return family === 6 && global6.check(address, "ipv6") && !reserved6.check(address, "ipv6");
}

/** A host led to an address inside a network. */
export class PrivateAddressError extends Error {
  constructor(host: string) {
    super(`${host} is not an address of the internet`);
    this.name = "PrivateAddressError";
  }
}

/**
 * Looks a name up for a connection, and refuses it when any of its addresses is private: what was checked is what is
 * connected to, so that a name cannot change its mind in between.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, []);
    if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) {
      return callback(new PrivateAddressError(hostname), []);
    }
    const [first] = found;
    if (options.all || !first) return callback(null, found);
    return callback(null, first.address, first.family);
  });
};
