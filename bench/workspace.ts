import type { BrowserContext, Page } from "@playwright/test";
import { type BenchResult, median } from "./bench-result.ts";

const FILTER_GOAL_MS = 300;
const INTERACTION_GOAL_MS = 100;
const GAP_GOAL_MS = 1_000;
const SCROLLED_ROWS = 10_000;
const STEPS = 20;
const SETTLE_MS = 300;
/** Each asks what has not been asked before: nothing comes from the cache. */
const FILTERS = [
  /^High/,
  /^Medium/,
  /^Low/,
  /^Available/,
  /^Not yet/,
  /^Critical/,
  /^Known exploited/,
  /^Exploit is public/,
  /^Inspector/,
];

declare global {
  interface Window {
    eventTimes: number[]; // ms from an input to the picture that follows
  }
}

/** The list under a person's hands: filters, scrolling, keys, typing. */
export async function benchWorkspace(context: BrowserContext): Promise<BenchResult[]> {
  const page = await openList(context);
  const filters = await filterTimes(page);
  await page.close();
  const scrolling = await openList(context);
  const frames = await frameTimes(scrolling);
  await scrolling.close();
  const working = await openList(context);
  const interactions = await interactionTimes(working);
  await working.close();
  return [
    toResult("Filter clicked to rows painted, middle", median(filters), null),
    toResult("Filter clicked to rows painted, p95", percentile(filters, 0.95), FILTER_GOAL_MS),
    toResult(`Frames, scrolling ${SCROLLED_ROWS.toLocaleString("en")} rows, p99`, percentile(frames, 0.99), null),
    toResult(
      `Longest gap between frames, scrolling ${SCROLLED_ROWS.toLocaleString("en")} rows`,
      Math.max(...frames),
      GAP_GOAL_MS,
    ),
    ...Object.entries(interactions).map(([name, times]) =>
      toResult(`${name}, slowest of ${times.length}`, Math.max(...times), INTERACTION_GOAL_MS),
    ),
  ];
}

async function openList(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto("/findings?status=active", { waitUntil: "networkidle" });
  return page;
}

/** From the click on a facet until the rows of the answer are on screen. */
async function filterTimes(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (const name of [...FILTERS, ...FILTERS]) {
    const box = page.getByRole("group", { name: "Filters" }).getByRole("checkbox", { name }).first();
    await box.scrollIntoViewIfNeeded();
    times.push(
      await box.evaluate((element) => {
        const isWaiting = () => document.querySelector("main [aria-busy=true] table") !== null;
        const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        const press = async () => {
          const startedAt = performance.now();
          (element as HTMLElement).click(); // a box of the page
          do await painted();
          while (isWaiting());
          return performance.now() - startedAt;
        };
        return press();
      }),
    );
  }
  return times;
}

/** Scrolls as fast as rows come, until so many have gone by: how long each frame took. */
async function frameTimes(page: Page): Promise<number[]> {
  return page.evaluate(async (rows) => {
    const pane = document.querySelector("main table")?.parentElement;
    if (!pane) throw new Error("There is no list");
    const last = () => Number([...pane.querySelectorAll("tr")].at(-2)?.getAttribute("aria-rowindex") ?? 0);
    const frames: number[] = [];
    let before = performance.now();
    const until = before + 300_000;
    while (last() < rows) {
      if (before > until) throw new Error(`Only ${last()} rows came: measure with more findings`);
      pane.scrollBy(0, 500);
      const now: number = await new Promise((done) => requestAnimationFrame(done));
      frames.push(now - before);
      before = now;
    }
    return frames;
  }, SCROLLED_ROWS);
}

/** By what was done: how long the browser took from each input until it had painted what follows. */
async function interactionTimes(page: Page): Promise<Record<string, number[]>> {
  await page.evaluate(() => {
    window.eventTimes = [];
    new PerformanceObserver((list) => {
      // Pointers that pass over something are events, too, and no interactions.
      for (const event of list.getEntries() as PerformanceEventTiming[])
        if (event.interactionId > 0) window.eventTimes.push(event.duration);
      // The browser tells nothing shorter. The types do not know the threshold yet.
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  const take = async (work: () => Promise<void>) => {
    await page.evaluate(() => void window.eventTimes.splice(0));
    await work();
    await page.waitForTimeout(SETTLE_MS);
    return page.evaluate(() => [0, ...window.eventTimes]);
  };
  const search = page.getByRole("combobox", { name: "Search these findings" });
  return {
    "j and k": await take(async () => {
      for (let step = 0; step < STEPS; step += 1) await page.keyboard.press(step % 5 === 4 ? "k" : "j");
    }),
    "Opening a finding": await take(async () => {
      await page.keyboard.press("o");
      await page.getByRole("heading", { name: /^Why it ranks/ }).waitFor();
    }),
    "j with a finding open": await take(async () => {
      for (let step = 0; step < STEPS; step += 1) await page.keyboard.press("j", { delay: 60 });
    }),
    "Selecting with x": await take(async () => {
      for (let step = 0; step < STEPS; step += 1) await page.keyboard.press(step % 2 === 0 ? "x" : "j");
    }),
    "Opening the act menu": await take(async () => {
      await page.keyboard.press("e");
      await page.getByRole("menu").waitFor();
      await page.keyboard.press("Escape");
    }),
    "Clicking facets": await take(async () => {
      for (const name of FILTERS.slice(0, 4)) await page.getByRole("checkbox", { name }).first().click();
    }),
    "Typing a search": await take(() => search.pressSequentially("log4j core", { delay: 60 })),
  };
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function toResult(name: string, figure: number, goalMs: number | null): BenchResult {
  const isMet = goalMs === null ? null : figure <= goalMs;
  return { name, figure, unit: "ms", reference: "", ratio: null, goal: goalMs === null ? "" : `≤ ${goalMs} ms`, isMet };
}
