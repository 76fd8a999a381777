import { Agent, get } from "node:http";

const CONNECTIONS = 16;

/** Asks `url` again and again over 16 connections for that long. Returns answers a second; throws for any but 200. */
export async function requestsPerSecond(url: string, token: string, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const until = performance.now() + seconds * 1000;
  const startedAt = performance.now();
  let answers = 0;
  const one = async () => {
    while (performance.now() < until) {
      await ask(url, token, agent);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  agent.destroy();
  return answers / ((performance.now() - startedAt) / 1000);
}

function ask(url: string, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.on("end", resolve).on("error", reject).resume();
    }).on("error", reject);
  });
}
