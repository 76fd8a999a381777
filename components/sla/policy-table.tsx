import { classNames } from "#components/ui/class-names.ts";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { PolicyVersion } from "#lib/domain/sla.ts";
import { SLA_FIELDS } from "#lib/domain/sla-words.ts";
import { FIELD_WORDS, scopeWord } from "./sla-words.ts";

type Rule = PolicyVersion["rules"][number];

/** The days of one version, a scope a row, on a small screen a card; what a rule leaves out comes from a wider one. */
export function PolicyTable({ version }: { version: PolicyVersion }) {
  if (version.rules.length === 0)
    return <p className="px-3.5 pb-2 text-text-2">No days are set: only what a person gave a date is due.</p>;
  const title = `Days by version ${version.number}`;
  return (
    <>
      <div className="max-md:hidden">
        <Table caption={title} head={<Heads />}>
          {version.rules.map((rule) => (
            <RuleRow key={`${rule.level} ${rule.id}`} rule={rule} />
          ))}
        </Table>
      </div>
      <ul aria-label={title} className="divide-y divide-line border-b border-line md:hidden">
        {version.rules.map((rule) => (
          <RuleCard key={`${rule.level} ${rule.id}`} rule={rule} />
        ))}
      </ul>
    </>
  );
}

function RuleCard({ rule }: { rule: Rule }) {
  return (
    <li className="px-3.5 py-2.5">
      <p className="mb-1 font-medium wrap-anywhere">
        <UntrustedText text={scopeWord(rule, rule.name)} />
      </p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-0.5">
        {SLA_FIELDS.filter((field) => rule.days[field] !== undefined).map((field) => (
          <div key={field} className="flex justify-between gap-2">
            <dt className="text-text-3">{FIELD_WORDS[field]}</dt>
            <dd className="whitespace-nowrap">{rule.days[field]} d</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function RuleRow({ rule }: { rule: Rule }) {
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
