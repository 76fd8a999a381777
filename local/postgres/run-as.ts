import { spawnSync } from "node:child_process";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { StartError } from "../start-error.ts";

/** How to run PostgreSQL's programs: what to put before the command, and who must own the files it uses. */
export type RunAs = { prefix: string[]; ownerId: number | null };

const NOBODY = 65534;
const dropToNobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
// Where the checkout or the data lie below a folder that only root may enter (/root), nobody needs to pass it.
const dropButPassFolders = [
  ...dropToNobody,
  "--inh-caps=-all,+dac_override",
  "--ambient-caps=-all,+dac_override",
  "--bounding-set=-all,+dac_override",
];
const mappedToNobody = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];

/**
 * PostgreSQL refuses to run as root, or as nobody known: for these, the first way that reaches programs and data.
 * Throws when this machine offers none.
 */
export function chooseRunAs(binaries: string, dataDir: string): RunAs {
  if (process.getuid?.() !== 0 && hasName()) return { prefix: [], ownerId: null };
  const works = (prefix: string[]) => succeeds([...prefix, join(binaries, "postgres"), "--version"]);
  const reachesData = succeeds([...dropToNobody, "test", "-x", dirname(dataDir)]);
  if (reachesData && works(dropToNobody)) return { prefix: dropToNobody, ownerId: NOBODY };
  if (works(dropButPassFolders)) return { prefix: dropButPassFolders, ownerId: NOBODY };
  if (works(mappedToNobody)) return { prefix: mappedToNobody, ownerId: null };
  throw new StartError(
    "PostgreSQL cannot run as this user, who is root or has no entry in /etc/passwd: start Sightline as an ordinary " +
      "user, or set DATABASE_URL.",
  );
}

// Containers run under numbers that no user has; PostgreSQL wants a name for its user.
function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

function succeeds([command = "", ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore", cwd: "/" }).status === 0;
}
