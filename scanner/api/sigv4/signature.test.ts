import { expect, test } from "vitest";
import { toCanonicalRequest } from "./canonical-request.ts";
import { fromTimestamp, signatureOf, toTimestamp } from "./signature.ts";

// The worked example of AWS's documentation: ListUsers of IAM on 2015-08-30.
const example = {
  method: "GET",
  rawPath: "/",
  rawQuery: "Action=ListUsers&Version=2010-05-08",
  headers: new Map([
    ["content-type", ["application/x-www-form-urlencoded; charset=utf-8"]],
    ["host", ["iam.amazonaws.com"]],
    ["x-amz-date", ["20150830T123600Z"]],
  ]),
};
const signing = {
  scope: { day: "20150830", region: "us-east-1", service: "iam" },
  timestamp: "20150830T123600Z",
  signedHeaders: ["content-type", "host", "x-amz-date"],
  payloadHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
};

test("AWS's worked example gets AWS's signature", () => {
  const signature = signatureOf(example, signing, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  expect(signature).toBe("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
});

test("the canonical request encodes the path twice, sorts the query and tidies headers", () => {
  const request = {
    method: "GET",
    rawPath: "/scans/a%3Ab",
    rawQuery: "b=2&a=%7e&a=1+1&X-Amz-Signature=x&c",
    headers: new Map([["x-amz-meta", ["  a   b ", "c"]]]),
  };
  expect(toCanonicalRequest(request, ["x-amz-meta"], "hash").split("\n")).toEqual([
    "GET",
    "/scans/a%253Ab",
    "a=1%2B1&a=~&b=2&c=",
    "x-amz-meta:a b,c",
    "",
    "x-amz-meta",
    "hash",
  ]);
});

test("timestamps go both ways, and others are none", () => {
  expect(toTimestamp(new Date("2026-11-24T06:15:00.123Z"))).toBe("20261124T061500Z");
  expect(fromTimestamp("20261124T061500Z")).toEqual(new Date("2026-11-24T06:15:00Z"));
  for (const other of ["", "2026-11-24T06:15:00Z", "20261324T061500Z", "20261124T061500", " 20261124T061500Z"])
    expect(fromTimestamp(other)).toBeNull();
});
