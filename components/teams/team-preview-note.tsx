"use client";
import { useQuery } from "@tanstack/react-query";
import { Banner } from "#components/ui/notice.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { teamPreviewQuery } from "#lib/client/teams.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { TeamPreview, TeamRule } from "#lib/domain/team.ts";
import { ruleText } from "./rule-words.ts";

/** What the rules match as they are written, who has some of it already, and which of them match nothing. */
export function TeamPreviewNote({ id, rules }: { id: string | undefined; rules: TeamRule[] }) {
  const { data, error } = useQuery({ ...teamPreviewQuery({ id, rules }), enabled: rules.length > 0 });
  if (rules.length === 0) return <Banner kind="note">Without a rule the team has nothing.</Banner>;
  if (error) return <Banner kind="refused">{error.message}</Banner>;
  if (!data) return <Banner kind="note">Looking at what the rules match…</Banner>;
  return (
    <Banner kind={data.matched.resources === 0 ? "stale" : "note"}>
      <p aria-live="polite">{matchedText(data)}</p>
      {data.overlaps.map(({ id: other, name, wins, resources }) => (
        <p key={other}>
          {countOf(resources, "of these resources is", "of these resources are")} also matched by{" "}
          <UntrustedText text={name} />, which{" "}
          {wins ? "comes first and keeps them" : "comes later and does not have them"}.
        </p>
      ))}
      {data.matched.resources > 0
        ? data.idleRules.map((index) => {
            const rule = rules[index];
            return rule ? (
              <p key={ruleText(rule)}>
                <UntrustedText text={ruleText(rule)} /> matches nothing.
              </p>
            ) : null;
          })
        : null}
    </Banner>
  );
}

function matchedText({ matched, wonResources }: TeamPreview): string {
  if (matched.resources === 0) return "These rules match nothing that is known so far.";
  const open = SEVERITIES.flatMap((severity) => {
    const count = matched.open[severity] ?? 0;
    return count > 0 ? [`${formatCount(count)} ${severityWord(severity).toLowerCase()}`] : [];
  });
  const has = `They match ${countOf(matched.resources, "resource")} in ${countOf(matched.accounts, "account")}`;
  const won = wonResources === matched.resources ? "" : ` The team would have ${formatCount(wonResources)} of them.`;
  return `${has}; open: ${open.join(", ") || "nothing"}.${won}`;
}
