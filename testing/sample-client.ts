import { Inspector2Client } from "@aws-sdk/client-inspector2";

/** The real SDK client, pointed at a sample organisation; with `asOf`, at that instant of its life. */
export function sampleClient(url: string, { asOf, region = "us-east-1" }: { asOf?: string; region?: string } = {}) {
  return new Inspector2Client({
    endpoint: asOf === undefined ? url : `${url}/as-of/${asOf}`,
    region,
    credentials: { accessKeyId: "SAMPLE", secretAccessKey: "sample" },
    maxAttempts: 1,
  });
}
