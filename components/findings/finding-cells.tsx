import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { useNow } from "#components/ui/clock.tsx";
import { formatPercent, formatScore } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { ExploitedTag, Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { Finding } from "#lib/domain/finding.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";
import { findingNoun, findingTitle, shortPath } from "./finding-noun.ts";
import { untilWords } from "./triage/act-words.ts";
import { accountWord, CLOSED_WORDS, FIX_WORDS, HOLD_WORDS, SOURCE_WORDS, valueWord } from "./words.ts";

type Cell = {
  draw: (finding: Finding) => ReactNode;
  look?: string;
  /** The whole of what is cut off. */
  title?: (finding: Finding) => string | undefined;
};

const CUT = "truncate text-text-2";

/** What each column says of a finding. */
export const CELLS: Record<ListColumn, Cell> = {
  severity: { draw: ({ severity }) => <Severity severity={severity} /> },
  score: { draw: ({ score }) => (score === null ? <Unknown /> : formatScore(score)), look: "text-text-2" },
  finding: { draw: (finding) => <FindingName finding={finding} />, look: "text-left font-normal" },
  status: { draw: ({ status }) => valueWord("status", status), look: CUT },
  type: { draw: ({ type }) => valueWord("type", type), look: CUT },
  id: { draw: (finding) => <FindingIdentifier finding={finding} />, look: CUT },
  package: textCell((finding) => finding.package?.name),
  version: textCell((finding) => finding.package?.version),
  "fixed-in": textCell((finding) => finding.package?.fixedIn),
  file: {
    ...textCell(({ location }) => location && `${shortPath(location.path)}:${location.startLine}`),
    title: ({ location }) => location?.path,
  },
  resource: { ...textCell(({ resource }) => resource.name || resource.id), title: ({ resource }) => resource.id },
  "resource-type": textCell(({ resource }) => valueWord("resourceType", resource.type)),
  account: {
    ...textCell(({ accountId, accountName }) => accountWord(accountId, accountName)),
    title: ({ accountId }) => accountId,
  },
  region: textCell(({ region }) => region),
  scan: textCell(({ scanName }) => scanName),
  source: { draw: ({ source }) => SOURCE_WORDS[source], look: CUT },
  exploited: { draw: (finding) => <Exploitation finding={finding} /> },
  epss: { draw: ({ epss }) => (epss === null ? <Unknown /> : formatPercent(epss)), look: "text-12 text-text-2" },
  fix: {
    draw: ({ fixAvailable }) => (fixAvailable === null ? <Unknown /> : FIX_WORDS[fixAvailable]),
    look: "text-text-2",
  },
  due: { draw: ({ dueAt }) => <Due at={dueAt} />, look: "text-text-2" },
  assignee: {
    draw: ({ assignee }) => (assignee === null ? <None why="Nobody" /> : <UntrustedText text={assignee} />),
    look: CUT,
  },
  age: { draw: ({ firstObservedAt }) => <Time at={firstObservedAt} format="age" />, look: "text-text-2" },
  seen: {
    draw: ({ lastObservedAt }) => (lastObservedAt === null ? <Unknown /> : <Time at={lastObservedAt} />),
    look: "text-text-2",
  },
  updated: { draw: ({ updatedAt }) => <Time at={updatedAt} />, look: "text-text-2" },
  closed: {
    draw: ({ closedAt, closedReason }) =>
      closedAt === null ? (
        <None why="Not closed" />
      ) : (
        <>
          <Time at={closedAt} />
          {closedReason ? `, ${CLOSED_WORDS[closedReason].toLowerCase()}` : null}
        </>
      ),
    look: CUT,
  },
};

/** A text of the source's, cut where it is too long, with the whole of it on hover. */
function textCell(read: (finding: Finding) => string | null | undefined): Cell {
  return {
    draw: (finding) => {
      const text = read(finding);
      return text ? <UntrustedText text={text} /> : <Unknown />;
    },
    look: CUT,
    title: (finding) => read(finding) ?? undefined,
  };
}

function FindingName({ finding }: { finding: Finding }) {
  const noun = findingNoun(finding);
  const title = findingTitle(finding);
  return (
    <a
      href={`/findings/${finding.id}`}
      data-finding={finding.id}
      title={visibleText(title)}
      className="flex min-w-0 items-baseline gap-2 focus-visible:outline-offset-[-2px] max-md:line-clamp-2 max-md:py-0.5"
    >
      {noun ? (
        <UntrustedText
          text={noun.text}
          className={classNames(
            "truncate font-medium max-md:mr-1.5 max-md:whitespace-normal max-md:wrap-anywhere",
            noun.isCode && "font-mono text-12",
          )}
        />
      ) : null}
      <UntrustedText
        text={title}
        className={classNames(
          "min-w-[34%] flex-[1_100_0] truncate max-md:whitespace-normal max-md:wrap-anywhere",
          noun ? "text-text-2" : "font-medium",
        )}
      />
      {finding.suppression ? <SuppressedBy suppression={finding.suppression} /> : null}
    </a>
  );
}

function SuppressedBy({ suppression }: { suppression: NonNullable<Finding["suppression"]> }) {
  const now = useNow();
  const { by, until, userName } = suppression;
  const words = [
    `Suppressed by ${by === "aws" ? "AWS" : HOLD_WORDS[by].toLowerCase()}`,
    until && untilWords(until, now),
    userName,
  ].filter(Boolean);
  return (
    <Tag icon="hide" title={visibleText(words.join(", "))}>
      <span className="sr-only">Suppressed by </span>
      {HOLD_WORDS[by]}
      {until === "fix" ? ", until a fix exists" : null}
    </Tag>
  );
}

function FindingIdentifier({ finding }: { finding: Finding }) {
  if (finding.cve) return <UntrustedText text={finding.cve} />;
  return finding.detectorId ? (
    <UntrustedText text={finding.detectorId} className="font-mono text-[11.5px]" />
  ) : (
    <Unknown />
  );
}

function Exploitation({ finding }: { finding: Finding }) {
  if (finding.knownExploited) return <ExploitedTag word="KEV" title="Known exploited: in CISA’s catalogue" />;
  if (finding.exploitAvailable === "yes")
    return (
      <span className="text-12 text-text-2" title="An exploit is public">
        <span className="md:hidden">Exploit is public</span>
        <span className="max-md:hidden">Public</span>
      </span>
    );
  return null;
}

function Due({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <None why="No due date" />;
  const isOverdue = new Date(at) < now;
  return (
    <span className={isOverdue ? "font-medium text-bad-text" : undefined}>
      <span className="md:hidden">Due </span>
      <Time at={at} />
      {isOverdue ? <span className="sr-only">, overdue</span> : null}
    </span>
  );
}

function None({ why }: { why: string }) {
  return (
    <span className="text-text-3" title={why} data-none>
      –
    </span>
  );
}

const Unknown = () => <None why="Not told by the source" />;
