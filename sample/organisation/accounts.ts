import { hash } from "node:crypto";
import { WEEK } from "./time.ts";

export type Account = { id: string; name: string; email: string; joinedAt: number };

export const REGIONS = ["us-east-1", "eu-central-1", "ap-southeast-2"] as const;
export type Region = (typeof REGIONS)[number];

const ADMINISTRATOR = "security-tooling";
const LATE = "northwind-prod"; // an acquired company, enrolled in week 20
const NAMES = [
  ADMINISTRATOR,
  "payments-prod",
  "payments-staging",
  "platform-prod",
  "platform-staging",
  "storefront-prod",
  "storefront-staging",
  "identity-prod",
  "data-lake",
  "ml-research",
  "mobile-backend",
  "logistics-prod",
  "build-and-release",
  "corporate-it",
  LATE,
];

/** The accounts of the organisation, the delegated administrator first; one joins 20 weeks after `start`. */
export function accountsOf(seed: string, start: number): [Account, ...Account[]] {
  const accounts = NAMES.map((name) => ({
    id: accountIdOf(`${seed}/account/${name}`),
    name,
    email: `aws+${name}@example.com`,
    joinedAt: name === LATE ? start + 20 * WEEK : Number.NEGATIVE_INFINITY,
  }));
  const [administrator, ...members] = accounts;
  if (administrator === undefined) throw new Error("An organisation has an administrator");
  return [administrator, ...members];
}

function accountIdOf(name: string): string {
  const digits = BigInt(`0x${hash("sha256", name).slice(0, 15)}`) % 900_000_000_000n;
  return String(100_000_000_000n + digits);
}
