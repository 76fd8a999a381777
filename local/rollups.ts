import { rebuild, verify } from "#lib/usecases/verify-rollups.ts";
import { exitWith, StartError } from "./start-error.ts";

// Recounts every number that is kept beside the findings, and with `rebuild` makes them anew.
const COMMANDS: Record<string, () => Promise<string[]>> = { verify, rebuild };
try {
  const command = COMMANDS[process.argv[2] ?? ""];
  if (!command) throw new StartError("Usage: npm run db:verify, or npm run db:rebuild");
  const differences = await command();
  for (const line of differences) console.log(line);
  console.log(differences.length === 0 ? "Every kept number is exact." : `${differences.length} differ.`);
  process.exit(differences.length === 0 ? 0 : 1);
} catch (error) {
  exitWith(error);
}
