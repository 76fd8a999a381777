import { readFileSync, writeFileSync } from "node:fs";
import { completeLock, missingOptionals, parseLock } from "./complete-lock.ts";

const FILE = "package-lock.json";
const lock = parseLock(readFileSync(FILE, "utf8"));
const missing = missingOptionals(lock);
if (missing.length > 0) writeFileSync(FILE, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
console.log(`${FILE}: ${missing.length} optional packages added.`);
