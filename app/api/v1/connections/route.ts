import { z } from "zod";
import { listConnections } from "#lib/db/read/connections.ts";
import { connectAwsSchema, connectionsSchema } from "#lib/domain/connection.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { connectAws } from "#lib/usecases/connect-aws.ts";

export const GET = handleQuery("connections:read", z.strictObject({}), listConnections, {
  output: connectionsSchema,
  summary: "The connections to AWS, one a region",
});

export const POST = handleCommand(
  "connections:write",
  connectAwsSchema,
  async (request, { caller, now }) => ({ items: await connectAws(request, caller, now) }),
  { status: 201, output: connectionsSchema, summary: "Connect AWS: one connection a region, tested and read at once" },
);
