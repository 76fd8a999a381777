"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Choices } from "#components/ui/choices.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { addAnnotation, changeAnnotation, removeAnnotation } from "#lib/client/annotations.ts";
import { ApiError } from "#lib/client/api.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Annotation, AnnotationKind } from "#lib/domain/annotation.ts";
import { ANNOTATION_KINDS } from "#lib/domain/annotation-words.ts";
import { KIND_WORDS } from "./to-marks.ts";

const FORM_ID = "annotation";
const CHOICES = ANNOTATION_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));

/** Notes what happened on a day (null), or changes what was noted. Everybody sees it. */
export function AnnotationDialog(props: { annotation: Annotation | null; day: string; onClose: () => void }) {
  const { annotation, day, onClose } = props;
  const [kind, setKind] = useState<AnnotationKind>(annotation?.kind ?? "release");
  const then = { refresh: ["annotations"], onDone: onClose };
  const save = useAct(async (form: FormData) => {
    const link = String(form.get("link")).trim();
    const noted = {
      day: String(form.get("day")),
      kind,
      text: String(form.get("text")),
      link: link === "" ? null : link,
    };
    if (annotation?.id) await changeAnnotation(annotation.id, noted);
    else await addAnnotation(noted);
  }, then);
  const remove = useAct((id: string) => removeAnnotation(id), then);
  const faultOf = (field: string) =>
    save.error instanceof ApiError ? save.error.faults.find((fault) => fault.field === field)?.message : undefined;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };
  const error = save.error ?? remove.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={annotation ? "Change the annotation" : "Annotate a day"}
      text="Everybody sees it at that day of the trend. The audit log keeps who wrote it."
      actions={
        <>
          {annotation?.id ? (
            <Button
              look="danger"
              className="mr-auto"
              busy={remove.isPending}
              onClick={() => annotation.id && remove.mutate(annotation.id)}
            >
              Delete it
            </Button>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={save.isPending}>
            {annotation ? "Save the annotation" : "Annotate the day"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <Choices legend="Kind" choices={CHOICES} value={kind} onChange={setKind} />
        <TextField
          label="Day"
          name="day"
          type="date"
          required
          defaultValue={annotation?.day ?? day}
          error={faultOf("day")}
          hint="A UTC day"
        />
        <TextField
          label="What happened"
          name="text"
          required
          maxLength={120}
          defaultValue={annotation?.text}
          error={faultOf("text")}
        />
        <TextField
          label="Link"
          name="link"
          type="url"
          maxLength={500}
          placeholder="https://"
          defaultValue={annotation?.link ?? ""}
          error={faultOf("link")}
          hint="May be left out"
        />
        {error ? <Banner kind="error">{error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}
