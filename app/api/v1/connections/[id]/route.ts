import { z } from "zod";
import { connectionChangeSchema } from "#lib/domain/connection.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { changeConnection } from "#lib/usecases/change-connection.ts";
import { disconnect } from "#lib/usecases/disconnect.ts";

const params = z.object({ id: z.uuid() });

export const PATCH = handleCommand(
  "connections:write",
  connectionChangeSchema,
  (change, { params: { id }, caller, now }) => changeConnection(id, change, caller, now),
  { params, output: z.void(), status: 204, summary: "Change a connection's name or how often it is read" },
);

export const DELETE = handleCommand(
  "connections:write",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => disconnect(id, caller, now),
  { params, output: z.void(), status: 204, summary: "Disconnect; what only it reported closes as scope-lost" },
);
