import NextLink from "next/link";
import type { ReactNode } from "react";
import { Block } from "#components/ui/block.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { countOf, formatCount, shortenMiddle } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import type { Fix } from "#lib/domain/overview.ts";
import { resourceNoun } from "#lib/domain/resource-type.ts";
import { type Severity, severitySchema } from "#lib/domain/severity.ts";

const FILLS: Record<Severity, string> = {
  critical: "bg-sev-critical",
  high: "bg-sev-high",
  medium: "bg-sev-medium",
  low: "bg-sev-low",
  untriaged: "bg-sev-untriaged",
  info: "bg-sev-info",
};

/** The changes that close the most, each with the list that it would close. */
export function FixFirst({ fixes }: { fixes: Fix[] }) {
  const most = Math.max(1, ...fixes.map(({ findings }) => findings));
  return (
    <Block
      title="Fix first"
      note="One change that closes the most"
      actions={<CountedLink href={definitionAddress("fix-first")} of="Fix first" />}
      flush
    >
      {fixes.length === 0 ? (
        <p className="border-t border-line px-3.5 py-3 text-text-2">No open finding has a fix yet.</p>
      ) : (
        <ol className="divide-y divide-line border-t border-line">
          {fixes.map((fix) => (
            <FixRow key={`${fix.kind} ${fix.lineageId} ${fix.packageName} ${fix.fixedIn}`} fix={fix} most={most} />
          ))}
        </ol>
      )}
    </Block>
  );
}

function FixRow({ fix, most }: { fix: Fix; most: number }) {
  return (
    <li className="relative flex items-center gap-3.5 px-3.5 py-2 hover:bg-raised">
      <span className="grid w-14 flex-none justify-items-end leading-4">
        <b className="text-16 font-semibold">{formatCount(fix.findings)}</b>
        <span className="text-11 text-text-3">{fix.findings === 1 ? "finding" : "findings"}</span>
      </span>
      <div className="min-w-0 flex-1">
        <NextLink
          href={`/findings?${fix.filter}`}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 max-md:whitespace-normal"
        >
          <FixWords fix={fix} />
        </NextLink>
        <p className="truncate text-12 text-text-3 max-md:whitespace-normal">
          {countOf(fix.resources, resourceNoun(fix.resourceType))} <span aria-hidden="true">·</span>{" "}
          <UntrustedText text={fix.accountName ?? shortenMiddle(fix.accountId)} />
          {fix.knownExploited > 0 ? (
            <>
              {" "}
              <span aria-hidden="true">·</span>{" "}
              <span className="font-medium text-text-2">{formatCount(fix.knownExploited)} exploited</span>
            </>
          ) : null}
        </p>
      </div>
      <StackBar fix={fix} most={most} />
    </li>
  );
}

const WORDS: Record<Fix["kind"], (fix: Fix) => ReactNode> = {
  package: ({ packageName, packageVersion, fixedIn, place }) => (
    <>
      Update <Code text={packageName ?? ""} />
      {packageVersion ? <> {packageVersion}</> : null} to <Code text={fixedIn ?? ""} /> on{" "}
      <UntrustedText text={place} />
    </>
  ),
  "base-image": ({ place }) => (
    <>
      Rebuild <UntrustedText text={place} /> on a patched base image
    </>
  ),
  runtime: ({ place }) => (
    <>
      Build <UntrustedText text={place} /> with a newer runtime
    </>
  ),
};

function FixWords({ fix }: { fix: Fix }) {
  return WORDS[fix.kind](fix);
}

const Code = ({ text }: { text: string }) => <UntrustedText text={text} className="font-mono text-12" />;

/** The share of each severity, as long as the change is large. */
function StackBar({ fix, most }: { fix: Fix; most: number }) {
  const parts = severitySchema.options
    .map((severity) => ({ severity, count: fix.bySeverity[severity] ?? 0 }))
    .filter(({ count }) => count > 0);
  const words = parts.map(({ severity, count }) => `${formatCount(count)} ${severityWord(severity).toLowerCase()}`);
  return (
    <span className="flex w-32 flex-none max-md:hidden">
      <span
        role="img"
        aria-label={words.join(", ")}
        title={words.join(", ")}
        className="flex h-2 gap-[1.5px]"
        style={{ width: `${(fix.findings / most) * 100}%` }}
      >
        {parts.map(({ severity, count }) => (
          <span
            key={severity}
            data-fill
            className={`min-w-0.5 rounded-[1.5px] ${FILLS[severity]}`}
            style={{ flex: count }}
          />
        ))}
      </span>
    </span>
  );
}
