import { deleteAnnotation, saveAnnotation, saveAnnotationChange } from "#lib/db/write/annotations.ts";
import type { AnnotationChange, NewAnnotation } from "#lib/domain/annotation.ts";

type Person = { userName: string };

/** Notes what happened on a day. Returns its id. Throws AppError conflict. */
export async function addAnnotation(annotation: NewAnnotation, person: Person, now: Date): Promise<{ id: string }> {
  return { id: await saveAnnotation(annotation, person, now) };
}

/** Changes what was noted; anybody who may note may change. Throws AppError not-found. */
export async function changeAnnotation(id: string, change: AnnotationChange, person: Person, now: Date): Promise<void> {
  await saveAnnotationChange(id, change, person, now);
}

/** Takes back what was noted. Throws AppError not-found. */
export async function removeAnnotation(id: string, person: Person, now: Date): Promise<void> {
  await deleteAnnotation(id, person, now);
}
