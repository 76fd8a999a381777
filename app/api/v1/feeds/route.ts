import { z } from "zod";
import { env } from "#lib/config/env.ts";
import { listFeeds } from "#lib/db/read/feeds.ts";
import { feedsSchema, toFixedFeeds } from "#lib/domain/feed.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "connections:read",
  z.strictObject({}),
  async () => ({ items: await listFeeds(toFixedFeeds(env())) }),
  { output: feedsSchema, summary: "The public lists about vulnerabilities, and how their last imports went" },
);
