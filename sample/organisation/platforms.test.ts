import { expect, test } from "vitest";
import { packageProblemsOf } from "./package-problems.ts";
import { binaryPackages, carries, HOSTS, IMAGE_BASES, type Platform, upgradeCommand } from "./platforms.ts";
import { randomFrom } from "./random.ts";

const end = Date.parse("2026-11-01T00:00:00Z");
const problems = packageProblemsOf({ seed: "a-seed", start: end - 364 * 86_400_000, end });

/** The packages that many picks on a platform come up with. */
function packagesOn(platform: Platform): Set<string> {
  const random = randomFrom(platform.name);
  const picked = Array.from(
    { length: 600 },
    () => problems.pick(platform, ["OS"], random).vulnerability?.packageName ?? "",
  );
  return new Set(picked);
}

test("a container image carries no kernel, a host does", () => {
  for (const image of IMAGE_BASES) expect(packagesOn(image)).not.toContain("kernel");
  for (const host of HOSTS) expect(packagesOn(host)).toContain("kernel");
});

test("each family of distributions has its own packages only", () => {
  const foreign = {
    rpm: ["apt", "dpkg", "snapd", "musl", "busybox", "apk-tools"],
    deb: ["musl", "busybox", "apk-tools"],
    apk: ["apt", "dpkg", "snapd", "glibc", "systemd"],
    none: [],
  } satisfies Record<Platform["family"], string[]>;
  for (const platform of [...HOSTS, ...IMAGE_BASES]) {
    const packages = packagesOn(platform);
    expect(packages.size).toBeGreaterThan(30);
    expect([platform.name, foreign[platform.family].filter((name) => packages.has(name))]).toEqual([platform.name, []]);
  }
});

test("a family has its own system packages, under its own names", () => {
  const [debian, alpine] = IMAGE_BASES;
  if (debian === undefined || alpine === undefined) throw new Error("There are two image bases");
  expect([carries(debian, "dpkg"), carries(alpine, "dpkg"), carries(alpine, "musl")]).toEqual([true, false, true]);
  expect(binaryPackages(debian, "openssl")).toEqual(["openssl", "libssl3"]);
  expect(binaryPackages(alpine, "openssl")).toEqual(["libcrypto3", "libssl3"]);
  expect(upgradeCommand(alpine, "musl")).toBe("apk add --upgrade musl");
});

test("a problem is the same one wherever the platform is the same", () => {
  const [platform] = HOSTS;
  if (platform === undefined) throw new Error("There are hosts");
  const picks = () => problems.pick(platform, ["OS"], randomFrom("the same"));
  expect(picks()).toBe(picks());
});
