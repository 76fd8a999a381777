import { z } from "zod";
import { ROLE_TEMPLATE } from "#lib/domain/role-template.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "connections:read",
  z.strictObject({}),
  () =>
    new Response(ROLE_TEMPLATE, {
      headers: {
        "content-type": "application/yaml; charset=utf-8",
        "content-disposition": 'attachment; filename="sightline-read-role.yaml"',
        "cache-control": "no-store",
      },
    }),
  { summary: "A CloudFormation template of the role to assume, with the least permissions" },
);
