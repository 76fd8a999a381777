import { OutsideLink } from "#components/ui/button.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { formatPercent, formatScore } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { weaknessAddress } from "./outside-links.ts";

/** Whether anybody says anything about how bad it is: of an open port, nobody does. */
export function hasScores({ vulnerability: { cvss, cwes }, score, epss, cve }: FindingWithDetail): boolean {
  return cvss.length > 0 || cwes.length > 0 || score !== null || epss !== null || cve !== null;
}

/** What others say about how bad it is: each score with who gave it; what nobody told is said, not left blank. */
export function Scores({ finding }: { finding: FindingWithDetail }) {
  const { cvss, cwes } = finding.vulnerability;
  return (
    <DescriptionList
      entries={[
        ...cvss.map((one) => ({
          name: `CVSS ${visibleText(one.version)}`,
          value: (
            <>
              <b className="font-semibold">{formatScore(one.score)}</b>{" "}
              <UntrustedText text={one.source} className="text-text-3" />{" "}
              <code className="text-text-2">
                <UntrustedText text={one.vector} />
              </code>
            </>
          ),
        })),
        { name: "Score", value: cvss.length > 0 || finding.score === null ? null : formatScore(finding.score) },
        {
          name: "EPSS",
          value: finding.epss === null ? null : <Epss epss={finding.epss} at={finding.vulnerability.epssAt} />,
        },
        { name: "KEV", value: finding.cve === null ? null : <KnownExploited finding={finding} /> },
        { name: "CWE", value: cwes.length > 0 ? <Weaknesses cwes={cwes} /> : null },
      ]}
    />
  );
}

function Epss({ epss, at }: { epss: number; at: string | null }) {
  return (
    <>
      <b className="font-semibold">{formatPercent(epss)}</b>{" "}
      <span className="text-text-3">
        chance of exploitation in 30 days
        {at ? (
          <>
            , as of <Time at={at} format="day" />
          </>
        ) : null}
      </span>
    </>
  );
}

function Weaknesses({ cwes }: { cwes: string[] }) {
  return cwes.map((cwe, index) => {
    const address = weaknessAddress(cwe);
    return (
      <span key={cwe}>
        {index > 0 ? ", " : null}
        {address ? <OutsideLink href={address}>{cwe}</OutsideLink> : <UntrustedText text={cwe} />}
      </span>
    );
  });
}

function KnownExploited({ finding: { knownExploited, vulnerability } }: { finding: FindingWithDetail }) {
  if (!knownExploited) return <span className="text-text-3">Not listed, as far as is known here</span>;
  return (
    <>
      <b className="font-semibold">Listed</b>{" "}
      {vulnerability.knownExploitedAt ? (
        <Time at={vulnerability.knownExploitedAt} format="day" className="text-text-3" />
      ) : null}
      {vulnerability.knownExploit?.action ? (
        <span className="block text-text-2">
          <UntrustedText text={vulnerability.knownExploit.action} />
        </span>
      ) : null}
    </>
  );
}
