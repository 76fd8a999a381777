import { z } from "zod";
import { addTags, getTags, removeTags, TooManyTags } from "../../store/tags.ts";
import { tagsSchema } from "../input-schemas.ts";
import { operation, type Service } from "../operation.ts";
import { fieldError, notFound } from "../wire-error.ts";
import { toScanNameArn } from "../wire-values.ts";

const resourceArn = z
  .string()
  .max(300)
  .regex(/^arn:aws:codeguru-security:\S+:\d{12}:scans\/[a-zA-Z0-9-_$:.]*$/, "must be the ARN of a scan name");
// One key comes as text, several as a list.
const tagKeys = z.preprocess(
  (keys) => (typeof keys === "string" ? [keys] : keys),
  z.array(z.string().min(1).max(128)).max(200),
);

export const listTagsForResource = operation(
  { name: "ListTagsForResource", method: "GET", path: "/tags/{resourceArn}", input: z.object({ resourceArn }) },
  async (input, service) => {
    const tags = await getTags(service.database, toScanName(input.resourceArn, service));
    if (!tags) throw notFound("Scan", input.resourceArn);
    return { tags };
  },
);

export const tagResource = operation(
  {
    name: "TagResource",
    method: "POST",
    path: "/tags/{resourceArn}",
    input: z.object({ resourceArn, tags: tagsSchema }),
  },
  async (input, service) => {
    try {
      const exists = await addTags(service.database, toScanName(input.resourceArn, service), input.tags);
      if (!exists) throw notFound("Scan", input.resourceArn);
    } catch (error) {
      if (error instanceof TooManyTags) throw fieldError("tags", error.message);
      throw error;
    }
    return undefined;
  },
);

/** Keys that the scan does not have are no error. */
export const untagResource = operation(
  {
    name: "UntagResource",
    method: "DELETE",
    path: "/tags/{resourceArn}",
    input: z.object({ resourceArn, tagKeys }),
  },
  async (input, service) => {
    const exists = await removeTags(service.database, toScanName(input.resourceArn, service), input.tagKeys);
    if (!exists) throw notFound("Scan", input.resourceArn);
    return undefined;
  },
);

/** The scan name in an ARN of this service. Throws ResourceNotFoundException for one of another place or account. */
function toScanName(arn: string, service: Service): string {
  const scanName = arn.slice(arn.lastIndexOf(":scans/") + ":scans/".length);
  if (toScanNameArn(service, scanName) !== arn) throw notFound("Scan", arn);
  return scanName;
}
