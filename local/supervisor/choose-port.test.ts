import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { choosePort } from "./choose-port.ts";

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}

test("a port that was asked for and is taken is refused by name", async () => {
  const port = await takenPort();
  const wish = { name: "PORT", asked: port, preferred: 3000, host: "127.0.0.1" };
  await expect(choosePort(wish, [])).rejects.toThrow(`Port ${port} (PORT) is taken`);
});

test("a default that is taken gives way to a later port", async () => {
  const port = await takenPort();
  const wish = { name: "PORT", asked: undefined, preferred: port, host: "127.0.0.1" };
  expect(await choosePort(wish, [])).toBeGreaterThan(port);
});

test("two parts never get the same port", async () => {
  const wish = { name: "SCANNER_PORT", asked: undefined, preferred: await takenPort(), host: "127.0.0.1" };
  const first = await choosePort(wish, []);
  expect(await choosePort(wish, [first])).not.toBe(first);
  await expect(choosePort({ ...wish, asked: first }, [first])).rejects.toThrow("SCANNER_PORT");
});
