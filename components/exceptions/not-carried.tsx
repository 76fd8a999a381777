import { Banner } from "#components/ui/notice.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { RuleAsOurs, SourceRule } from "#lib/domain/source-rule.ts";

/** A source's own rule of which something can be said as ours. */
export type CarriedRule = SourceRule & { asOurs: RuleAsOurs };

export const isCarried = (rule: SourceRule): rule is CarriedRule => rule.asOurs !== null;

const EFFECTS: Record<RuleAsOurs["notCarried"][number]["effect"], string> = {
  wider: "This rule may match more than Inspector’s. Not carried over as it stands there:",
  narrower: "This rule may match less than Inspector’s. Not carried over:",
};

/** What of a source's rule is not in ours, and what comes of that. The two hold each on their own. */
export function NotCarried({ rule: { asOurs } }: { rule: CarriedRule }) {
  return (
    <>
      {(["wider", "narrower"] as const).map((effect) => {
        const criteria = asOurs.notCarried.filter((one) => one.effect === effect);
        if (criteria.length === 0) return null;
        return (
          <Banner key={effect} kind={effect === "wider" ? "stale" : "note"}>
            {EFFECTS[effect]}
            <ul className="mt-1 grid gap-0.5">
              {criteria.map(({ criterion }) => (
                <li key={criterion} className="wrap-anywhere">
                  <code className="text-12">
                    <UntrustedText text={criterion} />
                  </code>
                </li>
              ))}
            </ul>
          </Banner>
        );
      })}
      <p className="text-12 text-text-2">
        Inspector’s own rule stays as it is: what it suppresses is suppressed by both, until both let go.
      </p>
    </>
  );
}
