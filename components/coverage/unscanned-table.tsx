import NextLink from "next/link";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import { openListAddress } from "#lib/client/list-address.ts";
import type { UnscannedResource } from "#lib/domain/coverage.ts";
import { resourceTypeName } from "#lib/domain/resource-type.ts";
import { accountName } from "./by-account.ts";
import { reasonWord } from "./reason-word.ts";

/** The resources that a source could examine and does not, with its reason. */
export function UnscannedTable({ resources }: { resources: UnscannedResource[] }) {
  if (resources.length === 0)
    return (
      <p className="border-t border-line px-3.5 py-3 text-text-2">Everything under these conditions is scanned.</p>
    );
  const heads = (
    <>
      <ColumnHead>Resource</ColumnHead>
      <ColumnHead>Why</ColumnHead>
      <ColumnHead className="max-md:hidden">Type</ColumnHead>
      <ColumnHead className="max-sm:hidden">Account</ColumnHead>
      <ColumnHead className="max-md:hidden">Region</ColumnHead>
      <ColumnHead side="right" className="max-sm:hidden">
        Since
      </ColumnHead>
    </>
  );
  return (
    <Table caption="Resources that are not scanned" head={heads}>
      {resources.map((resource) => (
        <Row key={`${resource.accountId} ${resource.resourceId} ${resource.scanType}`}>
          <RowHead className="max-w-72 truncate max-md:max-w-40" title={visibleText(resource.resourceId)}>
            <NextLink
              href={openListAddress({}, { resourceId: [resource.resourceId] })}
              prefetch={false}
              className="hover:underline"
            >
              <UntrustedText text={resource.resourceName || resource.resourceId} />
            </NextLink>
          </RowHead>
          <Cell title={resource.reason}>
            {reasonWord(resource.reason)}
            <span className="ml-1.5 text-12 text-text-3">{resource.scanType.toLowerCase()}</span>
          </Cell>
          <Cell className="text-text-2 max-md:hidden">{resourceTypeName(resource.resourceType)}</Cell>
          <Cell className="max-w-48 truncate text-text-2 max-sm:hidden">
            <UntrustedText text={accountName(resource)} />
          </Cell>
          <Cell className="whitespace-nowrap text-text-2 max-md:hidden">{resource.region}</Cell>
          <Cell side="right" className="whitespace-nowrap text-text-2 max-sm:hidden">
            <Time at={resource.since} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
