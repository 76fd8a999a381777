import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { act, render, screen } from "#testing/render.ts";
import { Toasts, useToast } from "./toast.tsx";

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

function Acts({ onUndo }: { onUndo: () => void }) {
  const toast = useToast();
  return (
    <>
      <button type="button" onClick={() => toast.done("3 findings suppressed", onUndo)}>
        Suppress
      </button>
      <button type="button" onClick={() => toast.failed("Nothing was changed.")}>
        Fail
      </button>
    </>
  );
}

function draw() {
  const undone: string[] = [];
  render(
    <Toasts>
      <Acts onUndo={() => undone.push("undone")} />
    </Toasts>,
  );
  return { undone, user: userEvent.setup({ advanceTimers: vi.advanceTimersByTime }) };
}
const after = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));
const button = (name: string) => screen.getByRole("button", { name });

test("what was done is said where it is read out, and leaves after ten seconds", async () => {
  const { user } = draw();
  await user.click(button("Suppress"));
  expect(screen.getByText("3 findings suppressed").closest("[aria-live=polite]")).not.toBeNull();
  await after(11);
  expect(screen.queryByText("3 findings suppressed")).toBeNull();
});

test("it stays as long as the pointer is on it", async () => {
  const { user } = draw();
  await user.click(button("Suppress"));
  await user.hover(screen.getByText("3 findings suppressed"));
  await after(30);
  expect(screen.getByText("3 findings suppressed")).toBeDefined();
  await user.unhover(screen.getByText("3 findings suppressed"));
  await after(11);
  expect(screen.queryByText("3 findings suppressed")).toBeNull();
});

test("undo takes the act back and the toast away", async () => {
  const { user, undone } = draw();
  await user.click(button("Suppress"));
  await user.click(button("Undo"));
  expect([undone, screen.queryByText("3 findings suppressed")]).toEqual([["undone"], null]);
});

test("a failure interrupts, and stays until it is dismissed", async () => {
  const { user } = draw();
  await user.click(button("Fail"));
  await after(60);
  expect(screen.getByRole("alert").textContent).toContain("Nothing was changed.");
  await user.click(button("Dismiss"));
  expect(screen.queryByRole("alert")).toBeNull();
});
