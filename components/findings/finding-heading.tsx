import NextLink from "next/link";
import type { Ref } from "react";
import { Severity } from "#components/ui/severity.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { findingHeadline } from "./finding-noun.ts";
import { accountWord, CLOSED_WORDS } from "./words.ts";

/** How bad, and what it is called elsewhere. */
export function FindingIdentity({ finding }: { finding: FindingWithDetail }) {
  const name = finding.cve ?? finding.vulnerability.cwes[0] ?? finding.detectorId;
  return (
    <div className="flex min-w-0 items-center gap-2">
      <Severity severity={finding.severity} />
      {name ? <UntrustedText text={name} className="truncate text-text-3" /> : null}
    </div>
  );
}

type FindingHeadingProps = { finding: FindingWithDetail; titleRef?: Ref<HTMLHeadingElement>; as: "h1" | "h2" };

/** The title, and in one line what is affected where. */
export function FindingHeading({ finding, titleRef, as: Heading }: FindingHeadingProps) {
  return (
    <>
      <Heading
        ref={titleRef}
        tabIndex={-1}
        className="mt-1.5 mr-1.5 mb-0.5 line-clamp-4 text-16 leading-[22px] font-semibold tracking-[-0.012em] text-balance wrap-anywhere outline-none"
      >
        <UntrustedText text={findingHeadline(finding)} />
      </Heading>
      <p className="wrap-anywhere text-text-2">
        <AffectedPart finding={finding} />
        <NextLink className="link" href={`/findings?${toResource(finding)}`}>
          <UntrustedText text={finding.resource.name || finding.resource.id} />
        </NextLink>
        , <UntrustedText text={accountWord(finding.accountId, finding.accountName)} />
        {finding.region && finding.region !== finding.resource.name ? (
          <>
            , <UntrustedText text={finding.region} className="whitespace-nowrap" />
          </>
        ) : null}{" "}
        <StateTags finding={finding} />
      </p>
    </>
  );
}

/** Whether it is still open, and whether it is invented. */
function StateTags({ finding }: { finding: FindingWithDetail }) {
  return (
    <span className="inline-flex gap-1.5">
      {finding.status === "suppressed" ? <Tag icon="hide">Suppressed</Tag> : null}
      {finding.status === "closed" ? (
        <Tag tone={finding.closedReason === "fixed" ? "ok" : "plain"} icon="check">
          {finding.closedReason ? CLOSED_WORDS[finding.closedReason] : "Closed"}
        </Tag>
      ) : null}
      {finding.isSample ? <Tag tone="note">Sample</Tag> : null}
    </span>
  );
}

/** Everything that is open on the same resource. */
const toResource = (finding: FindingWithDetail) =>
  new URLSearchParams({ status: "active", resourceId: finding.resource.id });

function AffectedPart({ finding }: { finding: FindingWithDetail }) {
  if (finding.package) {
    const { name, version } = finding.package;
    return (
      <>
        <UntrustedText text={`${name} ${version}`} />
        {finding.packageCount > 1 ? ` and ${finding.packageCount - 1} more` : null} in{" "}
      </>
    );
  }
  if (!finding.location) return null;
  return (
    <>
      <code>
        <UntrustedText text={`${finding.location.path}:${finding.location.startLine}`} />
      </code>{" "}
      in{" "}
    </>
  );
}
