import NextLink from "next/link";
import { OutsideLink } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { Tag } from "#components/ui/tag.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { fixCommand, platformOf } from "#lib/domain/fix-command.ts";

type Package = FindingWithDetail["detail"]["packages"][number];
const SHOWN = 5;

/** Package → fixed version → command, and what the source advises. */
export function FixSection({ finding }: { finding: FindingWithDetail }) {
  const { packages, remediation, code } = finding.detail;
  const shown = packages.slice(0, SHOWN);
  const platform = platformOf(finding.resourceDetails.details);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {shown.map((one) => (
        <PackageFix key={`${one.name} ${one.version} ${one.path}`} one={one} platform={platform} />
      ))}
      {packages.length > SHOWN ? (
        <p className="text-12 text-text-3">
          {countOf(packages.length - SHOWN, "more package")} in “As the source sent it”
        </p>
      ) : null}
      {remediation ? (
        <p className="wrap-anywhere whitespace-pre-line text-text-2">
          {remediation.text.split("\n").map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order, and may repeat
            <span key={index} className="block">
              <UntrustedText text={line} />
            </span>
          ))}
          {remediation.url ? <OutsideLink href={remediation.url}>{hostOf(remediation.url)}</OutsideLink> : null}
        </p>
      ) : null}
      {packages.length === 0 && !remediation && !code?.suggestedFixes.length ? (
        <p className="text-text-2">The source names no fix.</p>
      ) : null}
      <SameFix finding={finding} />
    </div>
  );
}

function PackageFix({ one, platform }: { one: Package; platform: string | null }) {
  const command = fixCommand(one, platform);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-end gap-x-3.5 gap-y-1.5">
        <Version word="Installed" version={one.version} />
        <Icon name="arrow" className="mb-0.5 text-text-3" />
        {one.fixedIn ? <Version word="Fixed in" version={one.fixedIn} isGood /> : <Tag>No fixed version yet</Tag>}
        <span className="ml-auto grid min-w-0 max-md:ml-0 max-md:basis-full">
          <span className="text-12 text-text-3">Package</span>
          <code className="wrap-anywhere">
            <UntrustedText text={one.name} />
            {one.manager ? ` (${visibleText(one.manager)})` : null}
          </code>
        </span>
      </div>
      {command ? <CommandLine text={command} /> : null}
    </div>
  );
}

function Version({ word, version, isGood }: { word: string; version: string; isGood?: boolean }) {
  return (
    <span className="grid min-w-0">
      <span className="text-12 text-text-3">{word}</span>
      <code className={isGood ? "text-13 font-medium wrap-anywhere text-ok-text" : "text-13 font-medium wrap-anywhere"}>
        <UntrustedText text={version} />
      </code>
    </span>
  );
}

function SameFix({ finding }: { finding: FindingWithDetail }) {
  const { sameFix, accountId, package: pack } = finding;
  if (!sameFix || sameFix.findings < 2 || !pack?.fixedIn) return null;
  const query = new URLSearchParams({
    status: "active",
    accountId,
    lineageId: sameFix.lineageId,
    packageName: pack.name,
    packageFixedIn: pack.fixedIn,
  });
  return (
    <p className="text-12 text-text-2">
      <NextLink className="link" href={`/findings?${query}`}>
        The same change closes {countOf(sameFix.findings, "finding")}
      </NextLink>{" "}
      on {countOf(sameFix.resources, "resource")}.
    </p>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : visibleText(url));
