import { expect, test } from "vitest";
import { checkTemplate, DEFAULT_TEMPLATE, fillTemplate, HAND_OVER_EXAMPLE } from "./hand-over-template.ts";

test("a template that names every field fills to what the fields are", () => {
  expect(checkTemplate(DEFAULT_TEMPLATE)).toBeNull();
  expect(JSON.parse(fillTemplate(DEFAULT_TEMPLATE, HAND_OVER_EXAMPLE))).toEqual(HAND_OVER_EXAMPLE);
});

test("fields stand anywhere in texts; alone they keep their type", () => {
  const template = JSON.stringify({
    fields: {
      summary: "[{{severity}}] {{ title }}",
      labels: ["security", "{{cve}}"],
      points: "{{findings}}",
      fixed: 7,
    },
  });
  expect(JSON.parse(fillTemplate(template, HAND_OVER_EXAMPLE))).toEqual({
    fields: {
      summary: "[high] CVE-2026-0001 - openssl",
      labels: ["security", "CVE-2026-0001"],
      points: 12,
      fixed: 7,
    },
  });
});

test("what a source wrote stays a text: it is neither JSON, nor a field, nor a pattern of a replacement", () => {
  const title = `"}, "admin": true, "x": "{{note}} $& $1`;
  const filled = fillTemplate('{"title": "About {{title}}"}', { ...HAND_OVER_EXAMPLE, title, note: "a secret" });
  expect(JSON.parse(filled)).toEqual({ title: `About ${title}` });
});

test("what is unknown is empty within a text, and null alone", () => {
  const filled = fillTemplate('{"a": "by {{assignee}}", "b": "{{assignee}}"}', HAND_OVER_EXAMPLE);
  expect(JSON.parse(filled)).toEqual({ a: "by ", b: null });
});

test.each([
  ["{", "This is no JSON"],
  ["[1]", "Write a JSON object"],
  ["null", "Write a JSON object"],
  ['{"a": "{{titel}}"}', "There is no field “titel”"],
  ['{"a": "{{constructor}}"}', "There is no field “constructor”"],
  [`{"a": ${"[".repeat(40)}${"]".repeat(40)}}`, "It is nested more than 16 deep"],
])("%s is no template, and says why", (text, fault) => {
  expect(checkTemplate(text)).toBe(fault);
});
