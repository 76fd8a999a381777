import { z } from "zod";
import { feedChangeSchema, feedNameSchema, feedSchema } from "#lib/domain/feed.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { changeFeed } from "#lib/usecases/change-feed.ts";
import { findFeed } from "./find-feed.ts";

export const PATCH = handleCommand(
  "settings:write",
  feedChangeSchema,
  async (change, { params: { name }, caller, now }) => {
    await changeFeed(await findFeed(name), change, caller, now);
    return await findFeed(name);
  },
  {
    params: z.object({ name: feedNameSchema }),
    output: feedSchema,
    summary: "Turn a public list on or off, or change where it is read; it is imported, or taken back, at once",
  },
);
