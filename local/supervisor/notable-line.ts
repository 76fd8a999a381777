import { z } from "zod";

const WARN = 40; // pino's level numbers
const ERROR = 50;
const entrySchema = z.object({
  level: z.number(),
  msg: z.string().default(""),
  err: z.object({ message: z.string() }).optional(),
});

/** What of a line that a process logged belongs on the terminal: warnings, errors, and what is no log entry at all. */
export function notableLine(line: string, stream: "stdout" | "stderr"): string | undefined {
  const entry = parseEntry(line);
  if (!entry) return stream === "stderr" && !isBesideTheError(line) ? line : undefined;
  if (entry.level < WARN) return undefined;
  const text = [entry.msg, entry.err?.message].filter((part, index, all) => part && all.indexOf(part) === index);
  return `${entry.level >= ERROR ? "error" : "warning"}: ${text.join(": ")}`;
}

// A crash prints where it was thrown and its stack around the one line that says what happened.
function isBesideTheError(line: string): boolean {
  return line.trim() === "" || /^(\s|node:|file:|\/.*:\d+$|}|Node\.js v)/.test(line);
}

function parseEntry(line: string): z.infer<typeof entrySchema> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
