"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { changeFeed } from "#lib/client/feeds.ts";
import { useAct } from "#lib/client/use-act.ts";
import { type Feed, feedLocationSchema } from "#lib/domain/feed.ts";
import { FEED_WORDS } from "./feed-words.ts";

const FORM_ID = "feed-location";

/** Turns a list on, says where it is, or turns it off again. */
export function FeedDialog({ feed, onClose }: { feed: Feed; onClose: () => void }) {
  const toast = useToast();
  const [fault, setFault] = useState<string>();
  const words = FEED_WORDS[feed.name];
  const change = useAct(changeFeed, {
    refresh: ["feeds", "findings", "overview"],
    onDone: ({ isOn }) => {
      toast.done(isOn ? `“${words.title}” is imported now` : `“${words.title}” is taken back`);
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = String(new FormData(event.currentTarget).get("location")).trim();
    const parsed = feedLocationSchema.nullable().safeParse(written === "" ? null : written);
    setFault(parsed.error?.issues[0]?.message);
    if (parsed.success) change.mutate({ name: feed.name, isOn: true, location: parsed.data });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.title}
      text={feed.isOn ? `Without it, ${words.without}` : words.brings}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {feed.isOn ? (
            <Button
              look="danger"
              busy={change.isPending}
              onClick={() => change.mutate({ name: feed.name, isOn: false })}
            >
              Turn off
            </Button>
          ) : null}
          <Button look="main" type="submit" form={FORM_ID} busy={change.isPending}>
            {feed.isOn ? "Save and import" : "Turn on and import"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <TextField
          name="location"
          label="Where the list is"
          defaultValue={feed.isPublishers ? "" : feed.location}
          placeholder="The publisher's own address"
          error={fault}
          hint="An https address of a mirror, or the path of a file on the server where nothing reaches the internet. Empty: the publisher's own."
          spellCheck={false}
          autoComplete="off"
        />
        {change.error ? <Banner kind="error">{change.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}
