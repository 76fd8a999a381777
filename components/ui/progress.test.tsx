import { expect, test } from "vitest";
import { render, screen } from "#testing/render.ts";
import { Progress } from "./progress.tsx";

test("progress is told in numbers and in words", () => {
  render(<Progress label="Scanning" done={1200} total={2400} unit="files" />);
  const bar = screen.getByRole("progressbar", { name: "Scanning" });
  expect(bar.getAttribute("aria-valuenow")).toBe("1200");
  expect(bar.getAttribute("aria-valuetext")).toBe("1,200 of 2,400 files");
  expect(screen.getByText("1,200 of 2,400 files")).toBeTruthy();
});

test("while the end is not known, no share is claimed", () => {
  render(<Progress label="Uploading" done={5} total={null} />);
  expect(screen.getByRole("progressbar").hasAttribute("aria-valuenow")).toBe(false);
});
