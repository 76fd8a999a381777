import { z } from "zod";
import { type Finding, hasScan, listFindingsById } from "../../store/read-findings.ts";
import { scanNameSchema, uuidSchema } from "../input-schemas.ts";
import { operation, type Service } from "../operation.ts";
import { toWireFinding } from "../wire-values.ts";

const identifierSchema = z.object({ scanName: z.string(), findingId: z.string() });
type Identifier = z.infer<typeof identifierSchema>;
type Fault = { errorCode: string; message: string };

/** Findings of standard scans; what cannot be answered is said finding by finding. */
export const batchGetFindings = operation(
  {
    name: "BatchGetFindings",
    method: "POST",
    path: "/batchGetFindings",
    input: z.object({ findingIdentifiers: z.array(identifierSchema).min(1).max(25) }),
  },
  async ({ findingIdentifiers }, service) => {
    const ids = findingIdentifiers.map(({ findingId }) => findingId).filter((id) => uuidSchema.safeParse(id).success);
    const stored = await listFindingsById(service.database, ids);
    const standard = new Map(
      stored
        .filter(({ scanType }) => scanType === "Standard")
        .map((finding) => [keyOf(finding.scanName, finding.id), finding]),
    );
    const findings: object[] = [];
    const failedFindings: object[] = [];
    const asked = new Set<string>();
    for (const identifier of findingIdentifiers) {
      const key = keyOf(identifier.scanName, identifier.findingId);
      const finding = standard.get(key);
      const fault = asked.has(key) ? DUPLICATE : await findFault(identifier, finding, service);
      asked.add(key);
      if (fault) failedFindings.push({ ...identifier, ...fault });
      else if (finding) findings.push(toWireFinding(finding));
    }
    return { findings, failedFindings };
  },
);

const DUPLICATE: Fault = { errorCode: "DUPLICATE_IDENTIFIER", message: "The finding is asked for more than once." };

async function findFault(
  { scanName, findingId }: Identifier,
  finding: Finding | undefined,
  { database }: Service,
): Promise<Fault | null> {
  if (finding) return null;
  if (!scanNameSchema.safeParse(scanName).success || !(await hasScan(database, scanName)))
    return { errorCode: "INVALID_SCAN_NAME", message: "There is no scan of this name." };
  if (!uuidSchema.safeParse(findingId).success)
    return { errorCode: "INVALID_FINDING_ID", message: "A finding's id is a UUID in lower case." };
  return { errorCode: "ITEM_DOES_NOT_EXIST", message: "The scan has no such finding." };
}

function keyOf(scanName: string, findingId: string): string {
  return `${scanName} ${findingId}`;
}
