import { z } from "zod";
import { listPeople } from "#lib/auth/people.ts";
import { peopleSchema } from "#lib/domain/person.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "people:read",
  z.strictObject({}),
  async (_, { now }) => ({ items: await listPeople(now) }),
  { output: peopleSchema, summary: "Everybody who can sign in" },
);
