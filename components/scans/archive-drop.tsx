import { FileDrop } from "#components/ui/file-drop.tsx";
import { formatBytes } from "#components/ui/numbers.ts";

/** Takes one zip, chosen or dropped. */
export function ArchiveDrop({ file, onChoose }: { file: File | null; onChoose: (file: File) => void }) {
  return (
    <FileDrop
      label="Archive"
      inputLabel="Zip of the source code"
      icon="zip"
      accept=".zip,application/zip"
      file={file}
      invitation={{ title: "Drop a zip of the source code here", button: "Choose a zip" }}
      support={
        file
          ? `${formatBytes(file.size)}. Checked in your browser before anything is sent.`
          : "Up to 5 GB. Dependencies and builds may stay in: they are left out of the scan."
      }
      onChoose={onChoose}
    />
  );
}
