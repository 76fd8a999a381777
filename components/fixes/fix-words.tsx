import type { ReactNode } from "react";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Fix } from "#lib/domain/fix.ts";

const WORDS: Record<Fix["kind"], (fix: Fix) => ReactNode> = {
  package: ({ packageName, packageVersion, fixedIn, place }) => (
    <>
      Update <Code text={packageName ?? ""} />
      {packageVersion ? (
        <>
          {" "}
          <UntrustedText text={packageVersion} />
        </>
      ) : null}{" "}
      to <Code text={fixedIn ?? ""} /> on <UntrustedText text={place} />
    </>
  ),
  "base-image": ({ place }) => (
    <>
      Rebuild <UntrustedText text={place} /> on a patched base image
    </>
  ),
  runtime: ({ packageName, fixedIn, place }) => (
    <>
      Build <UntrustedText text={place} /> with a newer runtime: <Code text={packageName ?? ""} />{" "}
      <Code text={fixedIn ?? ""} />
    </>
  ),
  code: ({ code, place }) => (
    <>
      Change <Code text={toPlace(code)} /> in <UntrustedText text={place} />
    </>
  ),
};

/** The change in one line. */
export function FixWords({ fix }: { fix: Fix }) {
  return WORDS[fix.kind](fix);
}

function toPlace(code: Fix["code"]): string {
  if (code === null) return "";
  return code.startLine > 0 ? `${code.path}:${code.startLine}` : code.path;
}

const Code = ({ text }: { text: string }) => <UntrustedText text={text} className="font-mono text-12" />;

/** Tells a fix from every other one of a page. */
export const fixKey = ({ kind, accountId, lineageId, packageName, fixedIn }: Fix): string =>
  [kind, accountId, lineageId, packageName, fixedIn].join(" ");
