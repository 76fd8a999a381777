import NextLink from "next/link";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { countOf, shortenMiddle } from "#components/ui/numbers.ts";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { resourceTypeName } from "#lib/domain/resource-type.ts";

const TAGS_SHOWN = 12;

/** The resource and what it belongs to; long identifiers by head and tail, whole when copied. */
export function Where({ finding }: { finding: FindingWithDetail }) {
  const { resource, resourceDetails, location, detail, issue } = finding;
  const paths = [...new Set(detail.packages.map(({ path }) => path).filter((path) => path !== null))];
  return (
    <DescriptionList
      entries={[
        {
          name: visibleText(resourceTypeName(resource.type)),
          value: <Identifier text={resource.id} name={resource.name} />,
        },
        {
          name: "Lineage",
          value: resourceDetails.lineage === resource.id ? null : <Code text={resourceDetails.lineage} />,
        },
        { name: "File", value: location ? <Code text={`${location.path}:${location.startLine}`} /> : null },
        { name: "Path", value: paths.length === 0 ? null : <Paths paths={paths} /> },
        { name: "Account", value: <Account id={finding.accountId} name={finding.accountName} /> },
        {
          name: "Region",
          // A report is a place of its own: its name stands where others have a region.
          value: finding.region === resource.name ? null : <UntrustedText text={finding.region} />,
        },
        { name: "Scan", value: finding.scanName ? <UntrustedText text={finding.scanName} /> : null },
        {
          name: "Tags",
          value: Object.keys(resourceDetails.tags).length > 0 ? <Tags tags={resourceDetails.tags} /> : null,
        },
        {
          name: "Same issue",
          value:
            issue.openFindings > 1 ? (
              <NextLink className="link" href={`/findings?status=active&issueId=${issue.id}`}>
                {countOf(issue.openFindings, "open finding")} on {countOf(issue.resources, "resource")}
              </NextLink>
            ) : null,
        },
      ]}
    />
  );
}

function Code({ text }: { text: string }) {
  return (
    <code>
      <UntrustedText text={text} />
    </code>
  );
}

function Identifier({ text, name }: { text: string; name: string }) {
  return (
    <span className="flex items-start gap-1">
      <span className="min-w-0 py-[3px]">
        {name && name !== text ? <UntrustedText text={name} className="block" /> : null}
        <code className="text-text-2" title={visibleText(text)}>
          <UntrustedText text={shortenMiddle(text, 40, 12)} />
        </code>
      </span>
      <CopyButton text={text} what="the id" />
    </span>
  );
}

function Account({ id, name }: { id: string; name: string | null }) {
  if (id === INSTALLATION_ACCOUNT_ID) return "This installation";
  return (
    <>
      {name ? (
        <>
          <UntrustedText text={name} />{" "}
        </>
      ) : null}
      <span className="text-text-3" title={visibleText(id)}>
        <UntrustedText text={name ? shortenMiddle(id, 4, 4) : id} />
      </span>
    </>
  );
}

function Paths({ paths }: { paths: string[] }) {
  return (
    <ul>
      {paths.slice(0, 3).map((path) => (
        <li key={path} className="line-clamp-4" title={visibleText(path)}>
          <Code text={path} />
        </li>
      ))}
      {paths.length > 3 ? (
        <li className="text-12 text-text-3">and {countOf(paths.length - 3, "more", "more")}</li>
      ) : null}
    </ul>
  );
}

function Tags({ tags }: { tags: Record<string, string> }) {
  return Object.entries(tags)
    .slice(0, TAGS_SHOWN)
    .map(([key, value], index) => (
      <span key={key}>
        {index > 0 ? ", " : null}
        <span className="text-text-3">
          <UntrustedText text={key} />:
        </span>{" "}
        <UntrustedText text={value} />
      </span>
    ));
}
