import { classNames } from "#components/ui/class-names.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { PolicyVersion } from "#lib/domain/sla.ts";
import { SLA_FIELDS } from "#lib/domain/sla-words.ts";
import { FIELD_WORDS, scopeWord } from "./sla-words.ts";

/** The days of one version, a scope a row; what a row leaves out comes from a wider one. */
export function PolicyTable({ version }: { version: PolicyVersion }) {
  if (version.rules.length === 0)
    return <p className="px-3.5 pb-2 text-text-2">No days are set: only what a person gave a date is due.</p>;
  const title = `Days by version ${version.number}`;
  return (
    <ScrollRegion label={title} className="overflow-x-auto focus-visible:outline-offset-[-2px]">
      <div className="min-w-[600px]">
        <Table caption={title} head={<Heads />}>
          {version.rules.map((rule) => (
            <RuleRow key={`${rule.level} ${rule.id}`} rule={rule} />
          ))}
        </Table>
      </div>
    </ScrollRegion>
  );
}

function RuleRow({ rule }: { rule: PolicyVersion["rules"][number] }) {
  return (
    <Row>
      <RowHead className="min-w-32 wrap-anywhere">
        <UntrustedText text={scopeWord(rule, rule.name)} />
      </RowHead>
      {SLA_FIELDS.map((field) => (
        <Cell
          key={field}
          side="right"
          className={classNames("whitespace-nowrap", rule.days[field] === undefined && "text-text-3")}
        >
          {rule.days[field] === undefined ? "–" : `${rule.days[field]} d`}
        </Cell>
      ))}
    </Row>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>For</ColumnHead>
      {SLA_FIELDS.map((field) => (
        <ColumnHead key={field} side="right">
          {FIELD_WORDS[field]}
        </ColumnHead>
      ))}
    </>
  );
}
