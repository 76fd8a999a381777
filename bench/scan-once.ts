import { scanArchive } from "../scanner/engine/scan-archive.ts";

// One scan in a process of its own, so that its peak of memory is that of the scan.
const [archive = "", workers = "1"] = process.argv.slice(2);
const start = performance.now();
const result = await scanArchive(archive, {
  workers: Number(workers),
  signal: new AbortController().signal,
  onProgress: () => {},
});
const seconds = (performance.now() - start) / 1_000;
// The system counts in KiB.
const peakMiB = process.resourceUsage().maxRSS / 1_024;
const found = result.findings.map(({ path, startLine, detectorId }) => ({ path, startLine, detectorId }));
process.stdout.write(JSON.stringify({ seconds, peakMiB, linesScanned: result.linesScanned, found }));
