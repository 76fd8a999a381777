import userEvent from "@testing-library/user-event";
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { expect, test, vi } from "vitest";
import { ApiError } from "#lib/client/api.ts";
import { fingerprintOf } from "#lib/client/file-fingerprint.ts";
import { scansQuery } from "#lib/client/scans.ts";
import { createUploader } from "#lib/client/uploader.ts";
import { uploadsQuery } from "#lib/client/uploads.ts";
import type { Upload } from "#lib/domain/upload.ts";
import { aScan } from "#testing/a-scan.ts";
import { fakeUploadLine, UPLOAD_RUN_ID } from "#testing/fake-upload-transport.ts";
import { act, render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { NewScan } from "./new-scan.tsx";

// Once an upload has ended the page asks what is unfinished now.
vi.stubGlobal("fetch", async () => Response.json({ items: [] }));

const nowhere = () => {};
const visited: string[] = [];
const router = {
  push: (path: string) => void visited.push(path),
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

function open(unfinished: Upload[] = []) {
  const fake = fakeUploadLine();
  const uploader = createUploader(fake.transport, fake.surroundings);
  render(
    <AppRouterContext value={router}>
      <WithAnswers
        answers={[
          ...["", "shop", "notes.txt", "fake", "evil"].map((q): [readonly unknown[], unknown] => [
            scansQuery(q).queryKey,
            { items: [aScan({ revisions: 4 })], nextCursor: null },
          ]),
          [uploadsQuery().queryKey, { items: unfinished }],
        ]}
      >
        <NewScan uploader={uploader} />
      </WithAnswers>
    </AppRouterContext>,
  );
  return fake;
}

async function choose(file: File) {
  await userEvent.upload(screen.getByLabelText("Zip of the source code"), file, { applyAccept: false });
}
const submit = () => screen.getByRole("button", { name: "Upload and scan" });
const shop = () => zip("shop-main.zip", { "a.py": "pass" });

async function startUpload() {
  const fake = open();
  await choose(await shop());
  await screen.findByRole("region", { name: "What is in the archive" });
  await expect.poll(() => submit().getAttribute("aria-disabled")).toBeNull();
  await userEvent.click(submit());
  const panel = await screen.findByRole("region", { name: "Upload" });
  return { ...fake, panel };
}

test("what is in the archive stands there before it is sent, and a known name is the next revision", async () => {
  open();
  await choose(await zip("shop-main.zip", { "a.py": "pass", "b.py": "pass", "node_modules/x/i.js": "1" }));
  const report = await screen.findByRole("region", { name: "What is in the archive" });
  expect(report.textContent).toMatch(
    /To scan2 of 3 files.*Python 2.*1 file is left out.*Third-party code1node_modules\//s,
  );
  expect(screen.getByLabelText<HTMLInputElement>("Scan name").value).toBe("shop");
  expect(screen.getByText("Revision 5 of shop: you will see what changed.")).toBeTruthy();
  await expect.poll(() => submit().getAttribute("aria-disabled")).toBeNull();
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
  open();
  await choose(await make());
  expect(await screen.findByText(reason)).toBeTruthy();
  expect(submit().getAttribute("aria-disabled")).toBe("true");
});

test("an upload shows how far it is, how fast, and opens its run when it has arrived", async () => {
  const { panel, line, pass } = await startUpload();
  const sizeBytes = (await shop()).size;
  act(() => line().onProgress(0));
  pass(2_000);
  act(() => line().onProgress(sizeBytes / 2));
  const bar = screen.getByRole("progressbar", { name: "Upload of shop-main.zip" });
  expect(bar.getAttribute("aria-valuenow")).toBe("50");
  expect(bar.getAttribute("aria-valuetext")).toMatch(/B of .*B, 50.%/);
  expect(panel.textContent).toMatch(/B a second, a few seconds left/);
  expect(screen.getByText("50 % of shop-main.zip is uploaded.")).toBeTruthy();
  act(() => line().onArrived());
  expect(visited.at(-1)).toBe(`/scans/shop/runs/${UPLOAD_RUN_ID}`);
});

test("a lost connection is said, with what becomes of what has arrived, and ends by itself", async () => {
  const { panel, line, waits } = await startUpload();
  act(() => line().onBroken(new ApiError(0, "The connection is gone.")));
  expect(panel.textContent).toContain(
    "The connection is gone. What has arrived is kept, and the upload goes on by itself.",
  );
  act(() => waits.at(-1)?.goOn());
  expect(panel.textContent).toContain("Keep this tab open");
});

test("an upload is paused, goes on, and is cancelled; the form is there again with the file", async () => {
  const { panel, asked } = await startUpload();
  await userEvent.click(screen.getByRole("button", { name: "Pause" }));
  expect(panel.textContent).toContain("Paused. What has arrived is kept for a day.");
  await userEvent.click(screen.getByRole("button", { name: "Go on" }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel upload" }));
  expect(asked.at(-1)).toBe("cancel shop");
  expect(screen.queryByRole("region", { name: "Upload" })).toBeNull();
  expect(submit().getAttribute("aria-disabled")).toBeNull();
});

test("what the server refuses is said as an alert, with the ways on", async () => {
  const { line } = await startUpload();
  act(() => line().onBroken(new ApiError(400, "This is not a zip archive.")));
  expect((await screen.findByRole("alert")).textContent).toBe("This is not a zip archive.");
  await userEvent.click(screen.getByRole("button", { name: "Choose another" }));
  expect(submit()).toBeTruthy();
});

async function begunWith(file: File, change: Partial<Upload> = {}): Promise<Upload> {
  return {
    runId: UPLOAD_RUN_ID,
    name: "storefront",
    fileName: "old-name.zip",
    fingerprint: await fingerprintOf(file),
    lengthBytes: file.size,
    receivedBytes: Math.floor(file.size / 4),
    isReceiving: false,
    createdAt: "2026-03-01T10:00:00Z",
    expiresAt: "2026-03-02T10:00:00Z",
    ...change,
  };
}

test("after a reload the same file is asked for, known again, and goes on where it stands", async () => {
  const file = await shop();
  const { asked } = open([await begunWith(file)]);
  const unfinished = screen.getByRole("region", { name: "Not finished" });
  expect(unfinished.textContent).toMatch(/old-name\.zip for storefront.*25.%\. Choose the same file to go on/);
  await choose(file);
  const goOn = await screen.findByRole("button", { name: "Go on uploading" });
  expect(screen.getByLabelText<HTMLInputElement>("Scan name").value).toBe("storefront");
  await expect.poll(() => goOn.getAttribute("aria-disabled")).toBeNull();
  await userEvent.click(goOn);
  expect(asked).toEqual([`send ${UPLOAD_RUN_ID}`]);
});

test("another file of the same name begins anew", async () => {
  open([await begunWith(await zip("shop-main.zip", { "a.py": "other" }))]);
  await choose(await shop());
  await expect.poll(() => submit().getAttribute("aria-disabled")).toBeNull();
  expect(screen.queryByText(/Here already/)).toBeNull();
});

test("what another window sends is not sent twice", async () => {
  const file = await shop();
  open([await begunWith(file, { isReceiving: true })]);
  expect(screen.getByRole("region", { name: "Not finished" }).textContent).toContain("from another window");
  await choose(file);
  const button = await screen.findByRole("button", { name: "Go on uploading" });
  await expect.poll(() => button.getAttribute("title")).toBe("It is being sent from another window");
});
