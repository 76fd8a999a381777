"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";

/** Inside the frame, so that the way to the other pages stays. */
export default function SignedInError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <ErrorNotice
      heading="h1"
      title="This page did not load"
      text="Nothing was changed. If it goes on, whoever runs Sightline finds the cause in its log under the reference."
      reference={error.digest}
    >
      <Button look="main" icon="refresh" onClick={reset}>
        Try again
      </Button>
    </ErrorNotice>
  );
}
