import type { z } from "zod";
import { requireTeams } from "#lib/db/read/teams.ts";
import type { Permission } from "#lib/domain/permission.ts";
import { handleQuery, type RequestContext } from "#lib/http/handlers.ts";

type ByTeam = { team: string[]; "-team"?: string[] };
type Context = RequestContext<Record<string, string>>;
type Answer<Output extends z.ZodType> = z.input<Output> | Response;

/**
 * A query that teams narrow: one that names a team that there is not is answered as 404 with the field, since a misspelt
 * team must not look like one without findings.
 */
export function handleQueryByTeam<Query extends ByTeam, Output extends z.ZodType = z.ZodUnknown>(
  permission: Permission,
  schema: z.ZodType<Query>,
  read: (query: Query, context: Context) => Answer<Output> | Promise<Answer<Output>>,
  description: { output?: Output; summary: string },
) {
  return handleQuery(
    permission,
    schema,
    async (query, context) => {
      await requireTeams(query);
      return read(query, context);
    },
    description,
  );
}
