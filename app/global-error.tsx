"use client";
import "./globals.css";
import { Button } from "#components/ui/button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";

/** Stands in for the whole document when even its frame failed. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Sightline did not load</title>
        <main className="grid min-h-dvh bg-surface">
          <ErrorNotice
            heading="h1"
            title="Sightline did not load"
            text="Nothing was changed. If it goes on, whoever runs it finds the cause in its log under the reference."
            reference={error.digest}
          >
            <Button look="main" icon="refresh" onClick={reset}>
              Try again
            </Button>
          </ErrorNotice>
        </main>
      </body>
    </html>
  );
}
