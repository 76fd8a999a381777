import { z } from "zod";
import { annotationChangeSchema } from "#lib/domain/annotation.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { changeAnnotation, removeAnnotation } from "#lib/usecases/annotations.ts";

const params = z.object({ id: z.uuid() });

export const PATCH = handleCommand(
  "annotations:write",
  annotationChangeSchema,
  (change, { params: { id }, caller, now }) => changeAnnotation(id, change, caller, now),
  { params, output: z.void(), status: 204, summary: "Change what was noted at a day" },
);

export const DELETE = handleCommand(
  "annotations:write",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => removeAnnotation(id, caller, now),
  { params, output: z.void(), status: 204, summary: "Take back what was noted at a day" },
);
