import { expect, test } from "vitest";
import { packageProblemsOf } from "./package-problems.ts";
import { carries, HOSTS, IMAGE_BASES, type Platform } from "./platforms.ts";
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
  for (const platform of [...HOSTS, ...IMAGE_BASES]) {
    const packages = packagesOn(platform);
    expect([packages.has("apk-tools"), platform.name]).toEqual([platform.family === "apk", platform.name]);
    expect([packages.has("glibc"), platform.name]).toEqual([platform.family !== "apk", platform.name]);
    expect([carries(platform, "dpkg"), platform.name]).toEqual([platform.family === "deb", platform.name]);
  }
});

test("a problem is the same one wherever the platform is the same", () => {
  const [platform] = HOSTS;
  if (platform === undefined) throw new Error("There are hosts");
  const picks = () => problems.pick(platform, ["OS"], randomFrom("the same"));
  expect(picks()).toBe(picks());
});
