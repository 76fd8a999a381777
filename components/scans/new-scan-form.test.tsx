import userEvent from "@testing-library/user-event";
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { expect, test } from "vitest";
import { scansQuery } from "#lib/client/scans.ts";
import { aScan } from "#testing/a-scan.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { NewScanForm } from "./new-scan-form.tsx";

const nowhere = () => {};
const router = {
  push: nowhere,
  replace: nowhere,
  prefetch: nowhere,
  back: nowhere,
  forward: nowhere,
  refresh: nowhere,
  bfcacheId: "",
};

async function zip(name: string, files: Record<string, string>): Promise<File> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, content] of Object.entries(files)) await writer.add(path, new TextReader(content));
  return new File([new Uint8Array(await writer.close())], name, { type: "application/zip" });
}

async function choose(file: File) {
  render(
    <AppRouterContext value={router}>
      <WithAnswers
        answers={["", "shop", "notes.txt", "fake", "evil"].map((q) => [
          scansQuery(q).queryKey,
          { items: [aScan({ revisions: 4 })], nextCursor: null },
        ])}
      >
        <NewScanForm />
      </WithAnswers>
    </AppRouterContext>,
  );
  await userEvent.upload(screen.getByLabelText("Zip of the source code"), file, { applyAccept: false });
}
const submit = () => screen.getByRole("button", { name: "Upload and scan" });

test("what is in the archive stands there before it is sent, and a known name is the next revision", async () => {
  await choose(await zip("shop-main.zip", { "a.py": "pass", "b.py": "pass", "node_modules/x/i.js": "1" }));
  const report = await screen.findByRole("region", { name: "What is in the archive" });
  expect(report.textContent).toMatch(
    /To scan2 of 3 files.*Python 2.*1 file is left out.*Third-party code1node_modules\//s,
  );
  expect(screen.getByLabelText<HTMLInputElement>("Scan name").value).toBe("shop");
  expect(screen.getByText("Revision 5 of shop: you will see what changed.")).toBeTruthy();
  expect(submit().getAttribute("aria-disabled")).toBeNull();
});

test.each([
  ["a file that is no zip", async () => new File(["x"], "notes.txt"), /notes\.txt: this is not a zip/],
  ["a text that is called zip", async () => new File(["hello"], "fake.zip"), /fake\.zip: This is not a zip archive/],
  [
    "a name that climbs out",
    () => zip("evil.zip", { "../../etc/cron.d/x.py": "pass" }),
    /\.\.\/\.\.\/etc\/cron\.d\/x\.py is not safe: it leaves its folder/,
  ],
])("%s is refused with the reason, and cannot be sent", async (_, make, reason) => {
  await choose(await make());
  expect(await screen.findByText(reason)).toBeTruthy();
  expect(submit().getAttribute("aria-disabled")).toBe("true");
});
