import { createServer } from "node:net";
import { isErrno } from "../errno.ts";
import { StartError } from "../start-error.ts";

export type PortWish = { name: string; asked: number | undefined; preferred: number; host: string };

/**
 * The port that was asked for, or else the first free one from the preferred one on that is not in `taken`.
 * Throws StartError when a port that was asked for is not free.
 */
export async function choosePort({ name, asked, preferred, host }: PortWish, taken: number[]): Promise<number> {
  if (asked !== undefined) {
    if (!taken.includes(asked) && (await isFree(asked, host))) return asked;
    throw new StartError(`Port ${asked} (${name}) is taken. Stop what uses it, or set ${name} to another port.`);
  }
  for (let port = preferred; port <= 65_535; port++) {
    if (!taken.includes(port) && (await isFree(port, host))) return port;
  }
  throw new StartError(`No port from ${preferred} on is free. Set ${name}.`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => {
      if (isErrno(error, "EADDRINUSE")) return resolve(false);
      reject(new StartError(`Port ${port} on ${host} cannot be used: ${error.message}`));
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
