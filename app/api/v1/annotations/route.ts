import { z } from "zod";
import { listAnnotations } from "#lib/db/read/annotations.ts";
import { annotationsQuerySchema, annotationsSchema, newAnnotationSchema } from "#lib/domain/annotation.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { addAnnotation } from "#lib/usecases/annotations.ts";

export const GET = handleQuery("findings:read", annotationsQuerySchema, listAnnotations, {
  output: annotationsSchema,
  summary: "What happened on these days: noted by people, and exceptions that were granted or ended",
});

export const POST = handleCommand(
  "annotations:write",
  newAnnotationSchema,
  (annotation, { caller, now }) => addAnnotation(annotation, caller, now),
  { output: z.object({ id: z.uuid() }), status: 201, summary: "Note what happened on a day" },
);
