import { expect, test } from "vitest";
import type { RunningUpload } from "#lib/client/uploader.ts";
import { toAnnouncement, toPace, toTimeLeft } from "./upload-words.ts";

const upload: RunningUpload = {
  phase: "sending",
  name: "portal",
  runId: "1",
  fileName: "portal.zip",
  sizeBytes: 1000,
  sentBytes: 0,
  bytesPerSecond: null,
  error: null,
};

test.each([
  [2, "a few seconds left"],
  [31, "about 35 s left"],
  [61, "about 2 min left"],
  [3601, "about 2 h left"],
])("%i seconds are told no finer than they are known", (seconds, words) => {
  expect(toTimeLeft(seconds)).toBe(words);
});

test("no pace is told before it is known, or when nothing moves", () => {
  expect(toPace(upload)).toBeNull();
  expect(toPace({ ...upload, bytesPerSecond: 0 })).toBeNull();
  expect(toPace({ ...upload, sentBytes: 400, bytesPerSecond: 10 })).toMatch(/10.B a second, about 1 min left/);
});

test("a whole upload is announced in few sentences", () => {
  const said = new Set<string>();
  for (let sentBytes = 0; sentBytes <= 1000; sentBytes += 1) said.add(toAnnouncement({ ...upload, sentBytes }));
  expect([...said]).toEqual([
    expect.stringContaining("Keep this tab open"),
    "25 % of portal.zip is uploaded.",
    "50 % of portal.zip is uploaded.",
    "75 % of portal.zip is uploaded.",
    expect.stringContaining("Everything is sent"),
  ]);
});
