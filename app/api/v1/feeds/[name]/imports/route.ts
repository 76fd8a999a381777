import { z } from "zod";
import { feedNameSchema, feedSchema } from "#lib/domain/feed.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { requestFeedImport } from "#lib/usecases/change-feed.ts";
import { findFeed } from "../find-feed.ts";

export const POST = handleCommand(
  "settings:write",
  z.strictObject({}),
  async (_, { params: { name }, caller, now }) => {
    await requestFeedImport(await findFeed(name), caller, now);
    return await findFeed(name);
  },
  {
    params: z.object({ name: feedNameSchema }),
    status: 202,
    output: feedSchema,
    summary: "Import a public list now",
  },
);
