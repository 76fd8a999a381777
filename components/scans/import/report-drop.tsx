import { FileDrop } from "#components/ui/file-drop.tsx";
import { formatBytes } from "#components/ui/numbers.ts";

type Props = { file: File | null; isDisabled: boolean; onChoose: (file: File) => void };

/** Takes one report, chosen or dropped. */
export function ReportDrop({ file, isDisabled, onChoose }: Props) {
  return (
    <FileDrop
      label="Report"
      inputLabel="SARIF report"
      icon="upload"
      accept=".sarif,.json,.gz,application/sarif+json,application/json,application/gzip"
      file={file}
      invitation={{ title: "Drop a SARIF report here", button: "Choose a report" }}
      support={
        file
          ? `${formatBytes(file.size)}.`
          : "SARIF 2.1.0 of any tool, or Inspector’s findings in ASFF or OCSF; packed with gzip or not."
      }
      disabledReason={isDisabled ? "An import is under way" : null}
      onChoose={onChoose}
    />
  );
}
