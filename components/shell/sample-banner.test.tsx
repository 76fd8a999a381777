import { expect, test } from "vitest";
import { sampleQuery } from "#lib/client/sample.ts";
import type { Sample } from "#lib/domain/sample.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { SampleBanner } from "./sample-banner.tsx";

const ready: Sample = {
  state: "ready",
  week: 52,
  weeks: 52,
  isShown: true,
  accounts: 14,
  findings: 19_984,
  openFindings: 6261,
};

function draw(sample: Sample) {
  render(
    <WithAnswers answers={[[sampleQuery().queryKey, sample]]}>
      <SampleBanner />
    </WithAnswers>,
  );
  return screen.queryByRole("complementary", { name: "Sample data" });
}

test("invented data is called invented, with how much of it there is", () => {
  expect(draw(ready)?.textContent).toContain(
    "These 14 accounts and 19,984 findings (6,261 of them open) are invented so that you can look around.",
  );
  expect(screen.getByRole("link", { name: "Connect your accounts" }).getAttribute("href")).toBe("/settings/sources");
});

test("while its year is replayed, the week is told", () => {
  expect(draw({ ...ready, state: "replaying", week: 31 })?.textContent).toContain("Sample year: week 31 of 52.");
  expect(screen.getByRole("progressbar", { name: "Sample year" }).getAttribute("aria-valuenow")).toBe("31");
});

test("nothing is labelled where nothing is invented, or it is hidden", () => {
  for (const sample of [
    { ...ready, state: "off" as const },
    { ...ready, state: "removed" as const },
    { ...ready, isShown: false },
  ]) {
    expect(draw(sample)).toBeNull();
  }
});
