import { z } from "zod";
import { handlePublicQuery } from "#lib/http/handlers.ts";
import { toOpenApi } from "#lib/http/openapi.ts";
import { ROUTES } from "./routes.ts";

export const GET = handlePublicQuery(z.strictObject({}), () => toOpenApi(ROUTES), {
  summary: "This description",
});
