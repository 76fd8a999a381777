import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobReader, Uint8ArrayWriter, ZipReader, ZipWriter } from "@zip.js/zip.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspectArchive } from "./inspect-archive.ts";
import { readEntry } from "./read-entry.ts";
import { signedDescriptor, zipOf } from "./zip-fixture.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "archive-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names and contents as we read them. */
async function readOurs(path: string): Promise<Map<string, string>> {
  const file = await open(path);
  try {
    const entries = await inspectArchive(file, new AbortController().signal);
    const read = entries
      .filter(({ kind }) => kind === "file")
      .map(async (entry) => [entry.name, String(await readEntry(file, entry))] as const);
    return new Map(await Promise.all(read));
  } finally {
    await file.close();
  }
}

/** The same by a reader that is not ours, in its strict mode. */
async function readByOracle(path: string): Promise<Map<string, string>> {
  const reader = new ZipReader(new BlobReader(new Blob([readFileSync(path)])), {
    strictness: "strict",
    checkSignature: true,
  });
  const contents = new Map<string, string>();
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    const bytes = await entry.getData(new Uint8ArrayWriter());
    contents.set(entry.filename, Buffer.from(bytes).toString());
  }
  await reader.close();
  return contents;
}

async function expectAgreement(path: string, names: string[]): Promise<void> {
  const ours = await readOurs(path);
  expect([...ours.keys()].sort()).toEqual([...names].sort());
  expect(ours).toEqual(await readByOracle(path));
}

function project(name: string): string {
  const root = join(folder, name);
  mkdirSync(join(root, "app/sub"), { recursive: true });
  writeFileSync(join(root, "app/main.py"), "print('hello')\n".repeat(50));
  writeFileSync(join(root, "app/sub/naïve.js"), "console.log(1)\n");
  writeFileSync(join(root, "app/empty.py"), "");
  return root;
}

const NAMES = ["app/main.py", "app/sub/naïve.js", "app/empty.py"];

test("reads what git archives, whose comment is the commit, the same as another reader does", async () => {
  const root = project("git");
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: root });
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "all");
  git("archive", "--format=zip", "--prefix=project-main/", "-o", "../git.zip", "HEAD");
  await expectAgreement(
    join(folder, "git.zip"),
    NAMES.map((name) => `project-main/${name}`),
  );
});

test("reads what a streaming packer writes, with descriptors and 64-bit sizes, the same as another reader does", async () => {
  for (const options of [
    { dataDescriptor: true },
    { zip64: true },
    { level: 0 },
    { dataDescriptor: true, zip64: true },
  ]) {
    const writer = new ZipWriter(new Uint8ArrayWriter(), options);
    for (const name of NAMES) await writer.add(name, new BlobReader(new Blob([name.repeat(30)])));
    writeFileSync(join(folder, "stream.zip"), await writer.close());
    await expectAgreement(join(folder, "stream.zip"), NAMES);
  }
});

test("reads a macOS archive with its notes the same as another reader does", async () => {
  const entries = ["app/main.py", "__MACOSX/app/._main.py"].map((name) => ({
    name,
    content: name.repeat(20),
    flags: 0,
    descriptor: signedDescriptor,
  }));
  writeFileSync(join(folder, "finder.zip"), zipOf({ entries }));
  await expectAgreement(join(folder, "finder.zip"), ["app/main.py", "__MACOSX/app/._main.py"]);
});
