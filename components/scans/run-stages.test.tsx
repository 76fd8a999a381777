import { expect, test } from "vitest";
import { aScanRun } from "#testing/a-scan-difference.ts";
import { render, screen } from "#testing/render.ts";
import { RunStages } from "./run-stages.tsx";

test.each([
  ["waiting-for-scanner", /^The scanner cannot be reached\. The upload is kept/],
  ["waiting-for-turn", /^Another revision of this name is under way/],
])("a run that is %s says what it waits for, and that it goes on by itself", (stage, words) => {
  render(<RunStages run={aScanRun({ state: "queued", stage })} />);
  expect(screen.getByText(words).textContent).toContain("goes on by itself");
});
