import { z } from "zod";
import { getConnectionTest } from "#lib/db/read/connection-test.ts";
import { connectionTestSchema } from "#lib/domain/connection.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { requestConnectionTest } from "#lib/usecases/test-connection.ts";

const params = z.object({ id: z.uuid() });

export const GET = handleQuery(
  "connections:read",
  z.strictObject({}),
  (_, { params: { id } }) => getConnectionTest(id),
  {
    params,
    output: connectionTestSchema,
    summary: "The connection's last test: who AWS says it is, and the permissions that are missing",
  },
);

export const POST = handleCommand(
  "connections:write",
  z.strictObject({}),
  async (_, { params: { id }, now }) => {
    await requestConnectionTest(id, now);
    return await getConnectionTest(id);
  },
  { params, status: 202, output: connectionTestSchema, summary: "Test what the connection may do" },
);
