import { OutsideLink } from "#components/ui/button.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { outsideReferences } from "./outside-links.ts";

const SHOWN = 8;

/** What the source says about the problem itself, as text: no markup of theirs is run. */
export function Description({ finding }: { finding: FindingWithDetail }) {
  const { publishedAt } = finding.vulnerability;
  return (
    <>
      <p className="max-w-text whitespace-pre-line wrap-anywhere text-text-2">
        {finding.description.trim() === ""
          ? "The source gives no description."
          : finding.description.split("\n").map(visibleText).join("\n")}
      </p>
      {publishedAt ? (
        <p className="text-12 text-text-3">
          Published <Time at={publishedAt} format="day" />
        </p>
      ) : null}
    </>
  );
}

/** Where to read on. Only https leaves this page as a link. */
export function References({ finding }: { finding: FindingWithDetail }) {
  const references = outsideReferences(finding);
  if (references.length === 0) return null;
  return (
    <>
      <ul className="grid gap-0.5 text-12" aria-label="Read on">
        {references.slice(0, SHOWN).map(({ href, label }) => (
          <li key={href} className="min-w-0 truncate" title={visibleText(href)}>
            <OutsideLink href={href}>
              <UntrustedText text={label} />
            </OutsideLink>
          </li>
        ))}
      </ul>
      {references.length > SHOWN ? (
        <p className="text-12 text-text-3">
          {countOf(references.length - SHOWN, "more", "more")} in “As the source sent it”
        </p>
      ) : null}
    </>
  );
}
