import { expect, test } from "vitest";
import { fakeUploadLine, UPLOAD_RUN_ID } from "#testing/fake-upload-transport.ts";
import { ApiError } from "./api.ts";
import { createUploader } from "./uploader.ts";

const file = new File(["x".repeat(1000)], "portal.zip");
const chosen = { name: "portal", file, fingerprint: "f" };

async function aStartedUpload() {
  const fake = fakeUploadLine();
  const uploader = createUploader(fake.transport, fake.surroundings);
  await uploader.start(chosen);
  return { ...fake, uploader };
}

test("an archive is announced, sent, and told of with its speed until it has arrived", async () => {
  const { uploader, asked, line, pass } = await aStartedUpload();
  expect(asked).toEqual(["announce portal", `send ${UPLOAD_RUN_ID}`]);
  line().onProgress(0);
  pass(2_000);
  line().onProgress(500);
  expect(uploader.current()).toMatchObject({ phase: "sending", sentBytes: 500, sizeBytes: 1000, bytesPerSecond: 250 });
  line().onProgress(1000);
  line().onArrived();
  expect(uploader.current()).toMatchObject({ phase: "arrived", name: "portal", runId: UPLOAD_RUN_ID, sentBytes: 1000 });
});

test("a line that breaks is waited for ever longer, and the upload goes on when it is back", async () => {
  const { uploader, line, waits, asked } = await aStartedUpload();
  for (let n = 0; n < 6; n += 1) {
    line().onBroken(new ApiError(0, "The connection broke off."));
    expect(uploader.current()?.phase).toBe("waiting");
    waits.at(-1)?.goOn();
    expect(uploader.current()?.phase).toBe("sending");
  }
  expect(waits.map(({ delayMs }) => delayMs)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  line().onProgress(10);
  line().onBroken(new ApiError(503, "The database cannot be reached."));
  expect(waits.at(-1)?.delayMs).toBe(1_000);
  expect(asked.filter((call) => call.startsWith("announce"))).toHaveLength(1);
});

test.each([401, 403, 404, 410, 413])("status %i ends it with the reason, and it can be tried again", async (status) => {
  const { uploader, line, waits } = await aStartedUpload();
  line().onBroken(new ApiError(status, "This upload has ended."));
  expect(uploader.current()).toMatchObject({ phase: "failed", error: "This upload has ended." });
  expect(waits).toEqual([]);
  uploader.goOn();
  expect(uploader.current()).toMatchObject({ phase: "sending", error: null });
});

test("a pause stops the line, and going on opens another", async () => {
  const { uploader, asked } = await aStartedUpload();
  uploader.pause();
  expect(uploader.current()?.phase).toBe("paused");
  uploader.goOn();
  expect(asked.slice(2)).toEqual(["stop", "stop", `send ${UPLOAD_RUN_ID}`]);
});

test("leaving the page is warned of only while bytes still go up, or would", async () => {
  const { uploader, line, doesLeavingCut } = await aStartedUpload();
  expect(doesLeavingCut()).toBe(true);
  line().onBroken(new ApiError(0, "gone"));
  expect(doesLeavingCut()).toBe(true);
  uploader.pause();
  expect(doesLeavingCut()).toBe(false);
  uploader.goOn();
  line().onArrived();
  expect(doesLeavingCut()).toBe(false);
});

test("cancelling gives it up on the other side too, also when it is only being announced", async () => {
  const { uploader, asked } = await aStartedUpload();
  await uploader.cancel();
  expect(uploader.current()).toBeNull();
  expect(asked.slice(2)).toEqual(["stop", "cancel portal"]);
  const starting = uploader.start(chosen);
  await uploader.cancel();
  await starting;
  expect(asked.slice(4)).toEqual(["stop", "announce portal", "stop", "cancel portal"]);
  expect(uploader.current()).toBeNull();
});

test("what cannot be announced fails with the reason", async () => {
  const fake = fakeUploadLine();
  fake.refuse(new ApiError(413, "The archive is larger than 5 GiB."));
  const uploader = createUploader(fake.transport, fake.surroundings);
  await uploader.start(chosen);
  expect(uploader.current()).toMatchObject({
    phase: "failed",
    runId: null,
    error: "The archive is larger than 5 GiB.",
  });
});

test("what was begun before is sent on without another announcement", () => {
  const fake = fakeUploadLine();
  const uploader = createUploader(fake.transport, fake.surroundings);
  uploader.resume({ name: "portal", runId: UPLOAD_RUN_ID, receivedBytes: 400, file });
  expect(uploader.current()).toMatchObject({ phase: "sending", sentBytes: 400 });
  expect(fake.asked).toEqual([`send ${UPLOAD_RUN_ID}`]);
});
