import { z } from "zod";
import { getSample } from "#lib/db/read/sample.ts";

import { sampleChangeSchema, sampleSchema } from "#lib/domain/sample.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { requestSampleRemoval } from "#lib/usecases/remove-sample.ts";
import { showSample } from "#lib/usecases/show-sample.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), getSample, {
  output: sampleSchema,
  summary: "The sample organisation: how far its year is, and what it holds",
});

export const PATCH = handleCommand(
  "settings:write",
  sampleChangeSchema,
  async ({ isShown }, { caller, now }) => {
    await showSample(isShown, caller.userName, now);
    return await getSample();
  },
  { output: sampleSchema, summary: "Show the sample organisation, or hide it" },
);

export const DELETE = handleCommand(
  "settings:write",
  z.strictObject({}),
  async (_, { caller, now }) => {
    await requestSampleRemoval(caller.userName, now);
    return await getSample();
  },
  { status: 202, output: sampleSchema, summary: "Remove the sample organisation" },
);
