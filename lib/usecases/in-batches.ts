/**
 * Joins pages into batches of at least `size` (the last may be smaller), and reads ahead: while a batch is being
 * consumed, the next is on its way. When reading fails, what was read before is given first, then the error thrown.
 */
export async function* inBatches<Item>(pages: AsyncIterable<Item[]>, size: number): AsyncGenerator<Item[]> {
  const iterator = pages[Symbol.asyncIterator]();
  let next = readBatch(iterator, size);
  try {
    while (true) {
      const { items, end } = await next;
      if (end === null) next = readBatch(iterator, size);
      if (items.length > 0) yield items;
      if (end === null) continue;
      if (end.isFailure) throw end.error;
      return;
    }
  } finally {
    // A consumer that stops early ends the reading too; only then is it known that nothing runs on behind its back.
    await next;
    await iterator.return?.();
  }
}

type Batch<Item> = { items: Item[]; end: null | { isFailure: false } | { isFailure: true; error: unknown } };

/** Never rejects: it runs while nobody waits for it. */
async function readBatch<Item>(iterator: AsyncIterator<Item[]>, size: number): Promise<Batch<Item>> {
  const items: Item[] = [];
  try {
    while (items.length < size) {
      const { value, done } = await iterator.next();
      if (done) return { items, end: { isFailure: false } };
      items.push(...value);
    }
    return { items, end: null };
  } catch (error) {
    return { items, end: { isFailure: true, error } };
  }
}
