import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A line to the product that is slow upwards until it is hastened, and can be cut like a cable. */
export type Line = { url: string; cut(): void; mend(): void; hasten(): void; close(): Promise<void> };
type Pace = { bytesPerSecond: number };

/** Opens one to `target` that carries that many bytes a second upwards. */
export async function openLine(target: string, bytesPerSecond: number): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const pace: Pace = { bytesPerSecond };
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {}); // a cut line
      socket.once("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.pipe(near);
    carry(near, far, pace).catch(() => far.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    cut: () => {
      isCut = true;
      cutAll();
    },
    mend: () => {
      isCut = false;
    },
    hasten: () => {
      pace.bytesPerSecond = Number.POSITIVE_INFINITY;
    },
    close: async () => {
      cutAll();
      server.close();
      await once(server, "close");
    },
  };
}

async function carry(from: Socket, to: Socket, pace: Pace): Promise<void> {
  for await (const chunk of from) {
    if (!to.write(chunk)) await once(to, "drain");
    await sleep((chunk.length / pace.bytesPerSecond) * 1000);
  }
  to.end();
}
