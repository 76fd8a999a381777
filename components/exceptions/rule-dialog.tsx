"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { changeException, makeException, type RuleWords } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Exception, ExceptionDetail } from "#lib/domain/exception.ts";
import { untilWords } from "./exception-words.ts";
import { type CarriedRule, NotCarried } from "./not-carried.tsx";
import { RuleEffect } from "./rule-effect.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { formOf, newRuleForm, type RuleForm, readRuleForm } from "./rule-form.ts";
import { useSettled } from "./use-settled.ts";

const FORM_ID = "exception-rule";

/** A rule that there is, or one to be made of a list's address or of a source's own rule. */
export type RuleSubject = { exception: Exception } | { address: string } | { sourceRule: CarriedRule };

type RuleDialogProps = { subject: RuleSubject; userName: string; onClose: () => void };

/** Says a rule, shows what it would hide now and would have hidden, and makes or changes it. */
export function RuleDialog({ subject, userName, onClose }: RuleDialogProps) {
  const now = useNow();
  const toast = useToast();
  const exception = "exception" in subject ? subject.exception : null;
  const [form, setForm] = useState(() => beginOf(subject, { userName, now }));
  const saving = useAct((words: RuleWords) => save(exception, words), {
    refresh: ["exceptions", "findings", "overview"],
    onDone: (saved) => {
      toast.done(doneWords(saved, exception !== null));
      onClose();
    },
  });
  const { words, faults, whyNot } = readRuleForm(form);
  const settled = readRuleForm({ ...form, text: useSettled(form.text) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whyNot === null) saving.mutate(words);
  };
  const act = exception === null ? "Make the rule" : "Change the rule";
  const isAsked = settled.faults.length === 0 && Object.keys(settled.words.filter).length > 0;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={titleOf(subject)}
      text="What matches leaves the lists, counts and due dates, in the moment in which it is written, and comes back by itself."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={saving.isPending} disabledReason={whyNot}>
            {whyNot === null ? `${act} ${untilWords(words.until, now)}` : act}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        {"sourceRule" in subject ? <NotCarried rule={subject.sourceRule} /> : null}
        <RuleFields
          form={form}
          faults={faults}
          onChange={(change) => setForm((before): RuleForm => ({ ...before, ...change }))}
        />
        {isAsked ? (
          <RuleEffect terms={{ filter: settled.words.filter, until: form.until === "fix" ? "fix" : null }} />
        ) : null}
        {saving.error ? (
          <p role="alert" className="text-bad-text">
            {saving.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

function beginOf(subject: RuleSubject, by: { userName: string; now: Date }): RuleForm {
  if ("exception" in subject) return formOf(subject.exception, by.now);
  if ("address" in subject) return newRuleForm(subject.address, by);
  const { asOurs, name, reason, description } = subject.sourceRule;
  const said = [reason, description].filter(Boolean).join(" ");
  return { ...newRuleForm(asOurs.query, by), reason: `${said} (Inspector’s rule ${name})`.trim() };
}

function titleOf(subject: RuleSubject): string {
  if ("exception" in subject) return "Change or renew an exception";
  return "address" in subject ? "Make an exception of a filter" : "Make Inspector’s rule one of ours";
}

function save(exception: Exception | null, words: RuleWords): Promise<ExceptionDetail> {
  if (exception === null) return makeException(words);
  const { id, version, pending } = exception;
  return changeException({ id, version: (pending ?? version).number, words });
}

function doneWords({ state, pending }: ExceptionDetail, isChange: boolean): string {
  if (state === "awaiting" || pending !== null) return "It waits for another lead's approval";
  return isChange ? "The exception is changed" : "The exception is made and being applied";
}
