"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { exceptionQuery } from "#lib/client/exceptions.ts";
import type { ExceptionDetail, ExceptionVersion } from "#lib/domain/exception.ts";
import { endWords } from "./exception-words.ts";
import { RuleTermsText } from "./rule-terms.tsx";

/** Everything that a rule has said, who said it and who agreed. */
export function HistoryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error } = useQuery(exceptionQuery(id));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="History of this exception"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {error ? (
        <p role="alert" className="text-bad-text">
          {error.message}
        </p>
      ) : null}
      {!data && !error ? <Skeleton width="60%" /> : null}
      {data ? <History exception={data} /> : null}
    </Dialog>
  );
}

function History({ exception: { ended, versions } }: { exception: ExceptionDetail }) {
  return (
    <ol className="grid gap-3">
      {ended ? (
        <li>
          <p className="font-medium">
            {endWords(ended)} <Time at={ended.at} />
            {ended.by ? (
              <>
                , by <UntrustedText text={ended.by} />
              </>
            ) : null}
          </p>
          {ended.reason ? <UntrustedText text={ended.reason} className="text-text-2 wrap-anywhere" /> : null}
        </li>
      ) : null}
      {versions.map((version) => (
        <Version key={version.number} version={version} />
      ))}
    </ol>
  );
}

function Version({ version }: { version: ExceptionVersion }) {
  const { number, madeBy, madeAt, review } = version;
  return (
    <li className="grid gap-1">
      <p className="font-medium">
        Version {number}, by <UntrustedText text={madeBy} />, <Time at={madeAt} />
      </p>
      <RuleTermsText version={version} />
      {review ? (
        <p className="text-12 text-text-2">
          {review.decision === "approved" ? "Approved" : "Declined"} by <UntrustedText text={review.by} />,{" "}
          <Time at={review.at} />: <UntrustedText text={review.reason} className="wrap-anywhere" />
        </p>
      ) : null}
    </li>
  );
}
