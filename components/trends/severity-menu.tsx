import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { severityWord } from "#components/ui/severity.tsx";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";

const ALL = "all";

export const severityOrAll = (severity: Severity | null): string =>
  severity ? severityWord(severity) : "All severities";

/** Whose numbers one chart draws; null = of all severities together. */
export function SeverityMenu(props: {
  label: string;
  value: Severity | null;
  onChange: (severity: Severity | null) => void;
  severities?: readonly Severity[];
}) {
  const { label, value, onChange, severities = SEVERITIES } = props;
  return (
    <Menu
      trigger={
        <Button size="small">
          {severityOrAll(value)}
          <Icon name="down" className="text-text-3" />
        </Button>
      }
    >
      <MenuChoices
        label={label}
        choices={[
          { value: ALL, label: severityOrAll(null) } as const,
          ...severities.map((severity) => ({ value: severity, label: severityWord(severity) })),
        ]}
        value={value ?? ALL}
        onChange={(next) => onChange(next === ALL ? null : next)}
      />
    </Menu>
  );
}
