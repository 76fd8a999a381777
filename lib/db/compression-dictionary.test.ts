import { expect, test } from "vitest";
import { toCompressedJson } from "./compressed-json.ts";
import { makeCompressionDictionary, makeDictionaryOfMembers } from "./compression-dictionary.ts";

const toFinding = (number: number) => ({
  arn: `arn:aws:inspector2:eu-west-1:111122223333:finding/${(number * 7_919).toString(36)}x`,
  description: `A flaw in the parser of package ${number} lets a remote attacker read what they should not.`,
  owner: number < 3 ? "payments" : `team${number}`,
  severity: number % 2 === 0 ? "HIGH" : "LOW",
});
const findings = Array.from({ length: 64 }, (_, number) => toFinding(number));
const texts = findings.map((finding) => JSON.stringify(finding));

test("what texts say alike is in their dictionary", () => {
  const dictionary = makeCompressionDictionary(texts).toString();
  expect(dictionary).toContain('{"arn":"arn:aws:inspector2:eu-west-1:111122223333:finding/');
  expect(dictionary).toContain("lets a remote attacker read what they should not.");
});

test("what fewer than four of them say is not", () => {
  const dictionary = makeCompressionDictionary(texts).toString();
  const own = findings.flatMap(({ arn, owner }) => [arn.split("/")[1], owner]);
  expect(own.filter((word = "") => new RegExp(`\\b${word}\\b`).test(dictionary))).toEqual([]);
});

test("another finding of the same form takes less than half the room with it", () => {
  const finding = toFinding(1_000);
  const dictionary = makeCompressionDictionary(texts);
  expect(toCompressedJson(finding, dictionary).length).toBeLessThan(toCompressedJson(finding, null).length / 2);
});

test("what is there already is not said again", () => {
  expect(makeCompressionDictionary(texts).length).toBeLessThan((texts[0]?.length ?? 0) * 3);
});

test("it stays small, however long the texts and however different", () => {
  const long = Array.from({ length: 8 }, (_, number) =>
    Array.from({ length: 4_000 }, (_, at) => `word${at * 8 + (number % 2)}`).join(" "),
  );
  expect(makeCompressionDictionary(long)).toHaveLength(8_192);
});

test("nothing makes an empty one, which compresses nothing worse", () => {
  const empty = makeCompressionDictionary([]);
  expect(empty).toHaveLength(0);
  expect(toCompressedJson(findings, empty).length).toBeLessThanOrEqual(toCompressedJson(findings, null).length);
});

test("members that objects have alike are a dictionary, others and what is no object are not", () => {
  const image = { id: "sha256:0", tags: { Team: "payments" } };
  const told = [
    { arn: "a", image, state: "ACTIVE" },
    { arn: "b", image: { ...image }, state: "ACTIVE" },
    { arn: "c", image, note: "n" },
  ];
  expect(makeDictionaryOfMembers(told).toString()).toBe('"image":{"id":"sha256:0","tags":{"Team":"payments"}}');
  expect(makeDictionaryOfMembers([...told, "text"])).toHaveLength(0);
  expect(makeDictionaryOfMembers([])).toHaveLength(0);
});
