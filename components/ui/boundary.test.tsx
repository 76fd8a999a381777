import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { render, screen } from "#testing/render.ts";
import { Boundary, NotShown } from "./boundary.tsx";
import { Dialog } from "./dialog.tsx";
import { dialogLater } from "./dialog-later.tsx";

// React tells the console of every failure that a boundary caught.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

const broken = new Set<string>();
beforeEach(() => void broken.add("first"));

/** Fails for one name, until a test mends it. */
function Part({ name }: { name: string }) {
  if (broken.has(name)) throw new Error("cannot be drawn");
  return <p>This is the {name} part.</p>;
}

const partOf = (name: string) => (
  <>
    <p>The rest of the page</p>
    <Boundary of={name} fallback={(again) => <NotShown what="The part" onAgain={again} />}>
      <Part name={name} />
    </Boundary>
  </>
);

test("a part that fails says so in its place, and comes when it is tried again", async () => {
  render(partOf("first"));
  expect(screen.getByRole("alert").textContent).toContain("The part could not be shown. Nothing was changed.");
  expect(screen.getByText("The rest of the page")).toBeDefined();
  broken.clear();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(screen.getByText("This is the first part.")).toBeDefined();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a failure belongs to what was drawn: another thing in the same place is tried at once", () => {
  const { rerender } = render(partOf("first"));
  rerender(partOf("second"));
  expect(screen.getByText("This is the second part.")).toBeDefined();
});

test("a dialog that cannot be drawn leaves the page, and can be closed", async () => {
  const onClose = vi.fn();
  render(
    <>
      <p>The rest of the page</p>
      <Dialog isOpen onClose={onClose} title="Export">
        <Part name="first" />
      </Dialog>
    </>,
  );
  expect((await screen.findByRole("alert")).textContent).toContain("This dialog could not be shown.");
  expect(screen.getByText("The rest of the page")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).toHaveBeenCalledOnce();
});

test("a dialog whose script does not come leaves the page too", async () => {
  const Never = dialogLater<{ onClose: () => void }>(() => Promise.reject(new Error("offline")));
  render(
    <>
      <p>The rest of the page</p>
      <Never onClose={() => {}} />
    </>,
  );
  expect(await screen.findByRole("alert")).toBeDefined();
  expect(screen.getByText("The rest of the page")).toBeDefined();
});
