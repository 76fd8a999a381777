import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Cell, ColumnHead, Row, Table } from "#components/ui/table.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { SkippedFile } from "#lib/domain/scan.ts";

/** The scanner's reasons in a reader's words; an unknown one is shown as it came. */
const REASONS: Record<string, string> = {
  "unsupported-language": "Language not scanned",
  "test-code": "Test code",
  "third-party": "Third-party code",
  minified: "Minified",
  "too-large": "Too large",
  binary: "Not text",
  "parse-timeout": "Took too long to read",
  "analysis-cut-short": "Only partly analysed",
  unreadable: "Could not be read",
  symlink: "Symbolic link",
  "other-product": "Findings of other products",
  "tool-failed": "The tool says that it failed",
};

/** Every file that was not scanned, or not to its end, with the reason. */
export function SkippedFiles({ files }: { files: SkippedFile[] }) {
  return (
    <ScrollRegion label="Files that were left out" className="max-h-80 overflow-y-auto">
      <Table
        caption="Files that were left out"
        head={
          <>
            <ColumnHead>File</ColumnHead>
            <ColumnHead>Reason</ColumnHead>
          </>
        }
      >
        {files.map(({ path, reason, detail }) => (
          <Row key={path}>
            <Cell className="w-1/2 max-w-0 truncate font-mono text-12">
              <UntrustedText text={path} />
            </Cell>
            <Cell className="text-text-2">
              {REASONS[reason] ?? visibleText(reason)}
              {detail ? <span className="text-text-3"> ({visibleText(detail)})</span> : null}
            </Cell>
          </Row>
        ))}
      </Table>
    </ScrollRegion>
  );
}
