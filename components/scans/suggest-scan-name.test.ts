import { expect, test } from "vitest";
import { scanNameSchema } from "#lib/domain/scan.ts";
import { suggestScanName } from "./suggest-scan-name.ts";

test.each([
  ["partner-portal-main.zip", "partner-portal"],
  ["Payments API (v2).ZIP", "Payments-API-v2"],
  ["café.zip", "cafe"],
  ["orders_master.zip", "orders"],
  [".hidden.zip", "hidden"],
])("%s becomes %s", (fileName, name) => {
  expect(suggestScanName(fileName)).toBe(name);
});

test("what is suggested is a name that AWS takes, or nothing", () => {
  for (const fileName of ["漢字.zip", "..zip", "a".repeat(300), "-.-.zip", "x/y\\z.zip"]) {
    const name = suggestScanName(fileName);
    expect(name === "" || scanNameSchema.safeParse(name).success).toBe(true);
  }
});
