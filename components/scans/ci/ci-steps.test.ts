import { expect, test } from "vitest";
import { parse } from "yaml";
import { importNameSchema } from "#lib/domain/scan.ts";
import { CI_HOSTS, toCiSteps, toImportSteps } from "./ci-steps.ts";

const RUN = "sh ci/scan.sh 'shop$1'";

test.each(CI_HOSTS)(
  "the steps for $label are YAML that runs the script with the token from its secrets",
  ({ value }) => {
    const { text, secret } = toCiSteps(value, { url: "https://sightline.example.com", name: "shop$1" });
    const steps = JSON.stringify(parse(text));
    expect(steps).toContain(RUN);
    expect(steps).toContain("https://sightline.example.com");
    expect(steps).not.toMatch(/slt_/);
    expect(secret).toMatch(/SIGHTLINE_TOKEN|sightline\/ci/);
  },
);

test("a host that shows findings is given them, also when the gate failed", () => {
  const { text } = toCiSteps("github", { url: "https://sightline.example.com", name: "shop" });
  const { steps } = parse(text).jobs.scan;
  expect(steps[2]).toMatchObject({ if: expect.stringContaining("always()"), with: { sarif_file: "sightline.sarif" } });
});

test("a report is imported under a name of its own, by the script and by hand alike", () => {
  const text = toImportSteps({ url: "https://sightline.example.com", name: "x".repeat(140) });
  const names = [...text.matchAll(/scan\.sh '([^']+)'|imports\?name=([^']+)'/g)].map(([, one, other]) => one ?? other);
  expect(new Set(names).size).toBe(1);
  expect(names).toHaveLength(2);
  expect(importNameSchema.safeParse(names[0]).success).toBe(true);
  expect(text).toContain('"authorization: Bearer $SIGHTLINE_TOKEN" \\\n');
});
