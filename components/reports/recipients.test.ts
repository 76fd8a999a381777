import { expect, test } from "vitest";
import { recipientsFault, toRecipients } from "./recipients.ts";

test("addresses stand on lines or between commas and semicolons", () => {
  expect(toRecipients(" a@example.com,b@example.com;\n c@example.com\r\n")).toEqual([
    "a@example.com",
    "b@example.com",
    "c@example.com",
  ]);
  expect(toRecipients("  \n ")).toEqual([]);
});

test("the address that was refused is named", () => {
  const faults = [{ field: "recipients.1", message: "Write an address, as in name@example.com" }];
  expect(recipientsFault(faults, ["a@example.com", "nobody"])).toBe("nobody: Write an address, as in name@example.com");
  expect(recipientsFault([{ field: "recipients", message: "Each address once" }], [])).toBe("Each address once");
  expect(recipientsFault([{ field: "timeZone", message: "None" }], [])).toBeUndefined();
});
