import {
  TextReader,
  Uint8ArrayWriter,
  ZipWriter,
  type ZipWriterAddDataOptions,
  type ZipWriterConstructorOptions,
} from "@zip.js/zip.js";
import { expect, test } from "vitest";
import { planFile } from "../../../scanner/engine/files/plan-file.ts";
import { expectOfFile } from "./expect-of-file.ts";
import { readZipDirectory } from "./read-zip-directory.ts";
import { toPreflight } from "./to-preflight.ts";

type Files = Record<string, string>;

async function bytesOf(
  files: Files,
  options: ZipWriterAddDataOptions = {},
  writing: ZipWriterConstructorOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), writing);
  for (const [path, content] of Object.entries(files)) {
    await writer.add(path, path.endsWith("/") ? undefined : new TextReader(content), {
      ...options,
      directory: path.endsWith("/"),
    });
  }
  return new Uint8Array(await writer.close());
}
const zipOf = async (...parts: Parameters<typeof bytesOf>) => new Blob([await bytesOf(...parts)]);

test("the files of an archive are read from its directory, with their sizes", async () => {
  const archive = await zipOf({ "app/": "", "app/main.py": "print(1)\n", "app/größe.ts": "x".repeat(5000) });
  const files = await readZipDirectory(archive);
  expect(files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ["app/main.py", 9],
    ["app/größe.ts", 5000],
  ]);
  expect(files[1]!.packedBytes).toBeLessThan(200);
});

test("an archive in the form for more than 4 GB reads the same", async () => {
  const files = { "a.py": "pass\n", "b.js": "1\n" };
  const large = await readZipDirectory(await zipOf(files, { zip64: true }, { zip64: true }));
  expect(large.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ["a.py", 5],
    ["b.js", 2],
  ]);
});

test("nothing but the end and the directory is read, however large the archive is", async () => {
  const archive = await zipOf({ "a.py": "x".repeat(200_000), "b.py": "pass\n" }, { level: 0 });
  const taken: number[] = [];
  const slice = archive.slice.bind(archive);
  archive.slice = (start = 0, end = archive.size) => {
    taken.push(end - start);
    return slice(start, end);
  };
  expect(await readZipDirectory(archive)).toHaveLength(2);
  expect(Math.max(...taken)).toBeLessThanOrEqual(22 + 65_535);
});

test("a comment behind the directory is no harm", async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  await writer.add("a.py", new TextReader("pass\n"));
  const bytes = await writer.close(new TextEncoder().encode("made by hand"));
  expect(await readZipDirectory(new Blob([new Uint8Array(bytes)]))).toHaveLength(1);
});

test.each([
  ["text", new Blob(["hello"]), "not a zip archive"],
  ["nothing", new Blob([]), "It is empty"],
  ["an end without a directory", new Blob([new Uint8Array(60_000)]), "not a zip archive"],
])("%s is refused", async (_, archive, reason) => {
  await expect(toPreflight(archive)).rejects.toThrow(reason);
});

test("an archive that was cut off, or whose directory was changed, is refused", async () => {
  const bytes = await bytesOf({ "a.py": "pass\n", "b.py": "pass\n" });
  await expect(toPreflight(new Blob([bytes.slice(0, -30)]))).rejects.toThrow("not a zip archive");
  const changed = bytes.slice();
  changed.fill(0, changed.length - 22 - 60, changed.length - 22);
  await expect(toPreflight(new Blob([changed]))).rejects.toThrow("damaged");
});

test("an encrypted archive is refused with what to do", async () => {
  const archive = await zipOf({ "a.py": "pass\n" }, { password: "secret", zipCrypto: true });
  await expect(toPreflight(archive)).rejects.toThrow("a.py is encrypted. Pack the folder without a password.");
});

test.each([
  ["../../etc/cron.d/evil.py", "it leaves its folder"],
  ["/etc/passwd.py", "it is absolute"],
  ["a\\b.py", "it holds a backslash"],
  ["c:evil.py", "it names a drive or a stream"],
  ["src/con.py", "it names a device"],
  ["src/\u202egnp.py", "it holds characters that are not seen"],
  ["src/．．/x.py", "it leaves its folder"],
  ["src/a. /x.py", "a part ends in a dot or a space"],
  [`${"d/".repeat(70)}x.py`, "it is nested deeper than 64 folders"],
])("the name %s is refused: %s", async (name, reason) => {
  await expect(toPreflight(await zipOf({ [name]: "pass\n" }))).rejects.toThrow(reason);
});

test("an archive that unpacks to far more than it holds is refused", async () => {
  const archive = await zipOf({ "a.py": "0".repeat(4 * 1024 ** 2) }, { level: 9 });
  await expect(toPreflight(archive)).rejects.toThrow("200 times its size");
});

test("an archive without anything to scan is refused before it is sent", async () => {
  await expect(toPreflight(await zipOf({ "logo.png": "x", "main.go": "package main" }))).rejects.toThrow(
    "There is nothing to scan in it",
  );
});

test("it says what will be scanned, and what will be left out and why", async () => {
  const preflight = await toPreflight(
    await zipOf(
      {
        "shop/app.py": "a",
        "shop/models.py": "a",
        "shop/web.tsx": "a",
        "shop/config.yaml": "a: 1",
        "shop/.env.production": "A=1",
        "shop/node_modules/left-pad/index.js": "a",
        "shop/tests/test_app.py": "a",
        "shop/lib/jquery.min.js": "a",
        "shop/main.go": "a",
        "shop/big.js": `//${"x1y2z3".repeat(180_000)}`,
        "shop/logo.png": "a",
        "shop/lib.jar": "a",
      },
      { level: 0 },
    ),
  );
  expect(preflight).toMatchObject({ files: 12, toScan: 5 });
  expect(preflight.languages).toEqual([
    { name: "Python", files: 2 },
    { name: "TypeScript", files: 1 },
    { name: "Text and configuration", files: 2 },
  ]);
  expect(preflight.leftOut).toEqual([
    { reason: "Third-party code", files: 1, examples: ["node_modules/"] },
    { reason: "Tests", files: 1, examples: ["tests/"] },
    { reason: "Minified", files: 1, examples: ["jquery.min.js"] },
    { reason: "Language not scanned", files: 1, examples: [".go"] },
    { reason: "Too large", files: 1, examples: ["shop/big.js"] },
    { reason: "Archive in the archive", files: 1, examples: [".jar"] },
    { reason: "No source code", files: 1, examples: [".png"] },
  ]);
});

test.each([
  ["a.py", 10],
  ["a.py", 2_000_000],
  ["a.mts", 10],
  ["A.JAVA", 10],
  ["a.go", 10],
  [".env", 10],
  [".env.local", 200_000],
  ["settings.yaml", 10],
  ["package-lock.json", 10],
  ["vendor/a.py", 10],
  ["venv/lib/a.json", 10],
  ["src/__tests__/a.ts", 10],
  ["a.spec.ts", 10],
  ["conftest.py", 10],
  ["app.bundle.js", 10],
  ["lib.whl", 10],
  ["logo.png", 10],
  ["Makefile", 10],
])("of %s with %i bytes it expects what the scanner does", (path, sizeBytes) => {
  const { grammar, scanSecrets, skip } = planFile(path, sizeBytes);
  const isScanned = skip === null && (grammar !== null || scanSecrets);
  expect("language" in expectOfFile({ path, sizeBytes, packedBytes: sizeBytes })).toBe(isScanned);
});
