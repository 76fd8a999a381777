import { z } from "zod";
import { createRun, MOST_TAGS, RunRefused } from "../../store/create-run.ts";
import { scanNameSchema, tagsSchema, uuidSchema } from "../input-schemas.ts";
import { operation } from "../operation.ts";
import { conflict, fieldError, notFound, type WireError } from "../wire-error.ts";
import { toScanNameArn } from "../wire-values.ts";

const inputSchema = z.object({
  scanName: scanNameSchema,
  resourceId: z.object({ codeArtifactId: uuidSchema }),
  clientToken: z
    .string()
    .regex(/^\S{1,64}$/, "must be 1 to 64 characters without spaces")
    .nullish(),
  scanType: z.enum(["Standard", "Express"]).default("Standard"),
  analysisType: z.enum(["Security", "All"]).default("Security"),
  tags: tagsSchema.default({}),
});
type Input = z.infer<typeof inputSchema>;

export const createScan = operation(
  { name: "CreateScan", method: "POST", path: "/scans", rate: "create", input: inputSchema },
  async (input, service) => {
    const { scanName, resourceId, scanType, analysisType, tags, clientToken } = input;
    const uploadId = resourceId.codeArtifactId;
    const run = { scanName, uploadId, scanType, analysisType, tags, clientToken: clientToken ?? null };
    try {
      const { runId, state } = await createRun(service.database, run, service.now());
      return { scanName, runId, resourceId, scanState: state, scanNameArn: toScanNameArn(service, scanName) };
    } catch (error) {
      if (error instanceof RunRefused) throw toWireError(error, input);
      throw error;
    }
  },
);

function toWireError({ reason, runId }: RunRefused, { scanName, resourceId }: Input): WireError {
  const { codeArtifactId } = resourceId;
  switch (reason) {
    case "no-upload":
      return notFound("CodeArtifact", codeArtifactId);
    case "not-uploaded":
      return fieldError("resourceId.codeArtifactId", "Nothing has been uploaded to this code artifact yet.");
    case "already-scanned":
      return conflict(
        "CodeArtifact",
        codeArtifactId,
        "This code artifact has a scan already. Upload it again to scan it.",
      );
    case "token-reused":
      // Names the run, so that whoever lost the answer to the first request can find it.
      return conflict("ScanRun", runId ?? "", "This client token was used for another CreateScan request.");
    case "other-type":
      return conflict("Scan", scanName, "The scan of this name has another scan type.");
    case "too-many-tags":
      return fieldError("tags", `The scan would have more than ${MOST_TAGS} tags.`);
  }
}
