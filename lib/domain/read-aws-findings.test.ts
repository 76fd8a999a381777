import { expect, test } from "vitest";
import { readAwsFindings } from "./read-aws-findings.ts";
import { detectReportFormat } from "./report-format.ts";

async function* once(text: string) {
  yield Buffer.from(text);
}
const faultOf = (text: string) =>
  Array.fromAsync(readAwsFindings(once(text))).then(
    () => null,
    (error: { faults: { field: string; message: string }[] }) => error.faults[0],
  );

const finding = {
  SchemaVersion: "2018-10-08",
  Id: "arn:aws:inspector2:eu-west-1:111122223333:finding/1",
  ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/inspector",
  AwsAccountId: "111122223333",
  Title: "CVE-2026-0001 - openssl",
  Description: "",
  CreatedAt: "2026-01-01T00:00:00Z",
  Resources: [{ Type: "AwsEc2Instance", Id: "i-1" }],
};

test.each<[string, unknown, string]>([
  ["a field that is missing", { Findings: [finding, { ...finding, Title: undefined }] }, "$.Findings[1].Title"],
  ["a field of the wrong kind", [{ ...finding, Resources: [{ Type: 1, Id: "i-1" }] }], "$[0].Resources[0].Type"],
  ["a version that is not known", [{ ...finding, SchemaVersion: "2031-01-01" }], "$[0].SchemaVersion"],
  ["another class of OCSF", [{ class_uid: 2003 }], "$[0].class_uid"],
  ["no list at all", { NextToken: "x" }, "$.Findings"],
  ["a list that is none", { Findings: {} }, "$.Findings"],
  ["what is no finding", ["x"], "$[0]"],
])("%s is told with its JSON path", async (_what, list, field) => {
  expect((await faultOf(JSON.stringify(list)))?.field).toBe(field);
});

test("half a list is refused, an empty one is not", async () => {
  expect(await faultOf(JSON.stringify({ Findings: [finding] }).slice(0, -3))).toMatchObject({
    message: expect.any(String),
  });
  expect(await faultOf('{"Findings": []}')).toBeNull();
});

test("the format is seen from what is in it, not from its name", async () => {
  const formats = ['{"version":"2.1.0","runs":[]}', '{"NextToken":"x","Findings":[]}', "[]", "{}"];
  expect(await Promise.all(formats.map((text) => detectReportFormat(once(text))))).toEqual([
    "sarif",
    "aws",
    "aws",
    "sarif",
  ]);
});
