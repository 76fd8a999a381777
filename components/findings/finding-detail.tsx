import type { ReactNode } from "react";
import { Boundary, NotShown } from "#components/ui/boundary.tsx";
import { JsonView } from "#components/ui/json-view.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { CodeSection, SuggestedFixes, TaintSteps } from "./detail-code.tsx";
import { SameElsewhere } from "./detail-elsewhere.tsx";
import { FixSection } from "./detail-fix.tsx";
import { NetworkPath } from "./detail-network.tsx";
import { RankReasons } from "./detail-rank.tsx";
import { Description, References } from "./detail-references.tsx";
import { SameProblems } from "./detail-same-problems.tsx";
import { hasScores, Scores } from "./detail-scores.tsx";
import { Timeline } from "./detail-timeline.tsx";
import { Where } from "./detail-where.tsx";
import { Suppressions } from "./triage/suppressions.tsx";

type FindingDetailProps = {
  finding: FindingWithDetail;
  /** "2 of 26", where it stands in a list. */
  place: string | null;
  /** The level below the title that it stands under. */
  heading: keyof typeof SECTIONS;
  /** Where its issue is worked on; whoever shows a finding where nobody can act leaves it out. */
  ticket?: ReactNode;
};

/** Everything about a finding, in the order in which it is asked: why here, what to do, where, how sure, since when. */
export function FindingDetail({ finding, place, heading, ticket }: FindingDetailProps) {
  const { code, network } = finding.detail;
  const Section = SECTIONS[heading];
  return (
    <>
      <Suppressions finding={finding} />
      <Section title={place && finding.status === "active" ? `Why it ranks ${place}` : "Why it ranks where it does"}>
        <RankReasons finding={finding} />
      </Section>
      {code ? (
        <Section title="Code">
          <CodeSection code={code} state={finding.codeState} />
          <TaintSteps steps={code.steps} />
        </Section>
      ) : null}
      <Section title={code ? "What to do" : "Fix"}>
        <FixSection finding={finding} />
        {code ? <SuggestedFixes code={code} /> : null}
      </Section>
      {ticket ? <Section title="Ticket">{ticket}</Section> : null}
      {network ? (
        <Section title="Network path">
          <NetworkPath network={network} />
        </Section>
      ) : null}
      <Section title="Where">
        <Where finding={finding} />
      </Section>
      {code ? (
        <Section title="What other sources say">
          <SameProblems finding={finding} />
        </Section>
      ) : null}
      {finding.elsewhere ? (
        <Section title={code ? "Same detector elsewhere" : "Same issue elsewhere"}>
          <SameElsewhere finding={finding} elsewhere={finding.elsewhere} />
        </Section>
      ) : null}
      {hasScores(finding) ? (
        <Section title="Scores">
          <Scores finding={finding} />
        </Section>
      ) : null}
      <Section title="Description">
        <Description finding={finding} />
        <References finding={finding} />
      </Section>
      <Section title="Timeline">
        <Timeline finding={finding} />
      </Section>
      {finding.raw === null ? null : (
        <div className="px-[18px] py-2.5">
          <JsonView value={finding.raw} title="As the source sent it" />
        </div>
      )}
    </>
  );
}

const SECTIONS = { h2: section("h2"), h3: section("h3") };

function section(Heading: "h2" | "h3") {
  return function Section({ title, children }: { title: string; children: ReactNode }) {
    return (
      <section className="grid gap-2 border-b border-line px-[18px] py-3.5 last:border-0">
        <Heading className="text-13 tracking-normal">{title}</Heading>
        <Boundary fallback={(again) => <NotShown what="This part" onAgain={again} />}>{children}</Boundary>
      </section>
    );
  };
}
