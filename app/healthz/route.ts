import { z } from "zod";
import { handlePublicQuery } from "#lib/http/handlers.ts";

export const GET = handlePublicQuery(z.strictObject({}), () => ({ status: "ok" }) as const, {
  output: z.object({ status: z.literal("ok") }),
  summary: "The process is up",
});
