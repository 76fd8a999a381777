"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-dvh bg-surface">
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
    </main>
  );
}
