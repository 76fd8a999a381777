import { expect, test } from "vitest";
import { inBatches } from "./in-batches.ts";

async function collect<Item>(batches: AsyncIterable<Item[]>, into: Item[][] = []): Promise<Item[][]> {
  for await (const batch of batches) into.push(batch);
  return into;
}

async function* pagesOf(pages: number[][], failure?: Error): AsyncGenerator<number[]> {
  yield* pages;
  if (failure) throw failure;
}

test("pages are joined until a batch is full, and the rest is the last batch", async () => {
  expect(await collect(inBatches(pagesOf([[1, 2], [3], [4], [5]]), 3))).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

test("no page gives no batch", async () => {
  expect(await collect(inBatches(pagesOf([[]]), 3))).toEqual([]);
});

test("what was read before a failure is given before the failure is thrown", async () => {
  const seen: number[][] = [];
  await expect(collect(inBatches(pagesOf([[1, 2], [3]], new Error("cut")), 10), seen)).rejects.toThrow("cut");
  expect(seen).toEqual([[1, 2, 3]]);
});

test("a consumer that stops early ends the reading", async () => {
  let isEnded = false;
  async function* endless(): AsyncGenerator<number[]> {
    try {
      while (true) yield [1];
    } finally {
      isEnded = true;
    }
  }
  for await (const batch of inBatches(endless(), 2)) {
    expect(batch).toEqual([1, 1]);
    break;
  }
  expect(isEnded).toBe(true);
});
