import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { render, screen } from "#testing/render.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Menu, MenuChoices, MenuItem } from "./menu.tsx";
import { Toasts, useToast } from "./toast.tsx";

function AskFirst() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Disconnect</Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title="Disconnect production"
        text="412 findings will close."
      />
    </>
  );
}

test("a dialog is named by its title, told by its text, and Escape gives the focus back", async () => {
  render(<AskFirst />);
  const opener = screen.getByRole("button", { name: "Disconnect" });
  await userEvent.click(opener);
  const dialog = await screen.findByRole("dialog", { name: "Disconnect production" });
  expect(dialog.textContent).toContain("412 findings will close.");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  await expect.poll(() => document.activeElement).toBe(opener);
});

test("a choice in a menu is marked and can be changed by keyboard", async () => {
  const chosen: string[] = [];
  render(
    <Menu trigger={<button type="button">Sort</button>}>
      <MenuChoices
        label="Sort by"
        value="rank"
        onChange={(value) => chosen.push(value)}
        choices={[
          { value: "rank", label: "Severity" },
          { value: "newest", label: "Newest" },
        ]}
      />
      <MenuItem onSelect={() => chosen.push("reset")}>Reset</MenuItem>
    </Menu>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Sort" }));
  expect((await screen.findByRole("menuitemradio", { name: "Severity" })).getAttribute("aria-checked")).toBe("true");
  await userEvent.click(screen.getByRole("menuitemradio", { name: "Newest" }));
  expect(chosen).toEqual(["newest"]);
});

function TwoOutcomes({ onUndo }: { onUndo: () => void }) {
  const toast = useToast();
  return (
    <>
      <Button onClick={() => toast.done("3 findings suppressed", onUndo)}>Suppress</Button>
      <Button onClick={() => toast.failed("Not saved")}>Fail</Button>
    </>
  );
}

test("what was done can be undone, and a failure stays until it is dismissed", async () => {
  const undone: string[] = [];
  render(
    <Toasts>
      <TwoOutcomes onUndo={() => undone.push("undone")} />
    </Toasts>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Suppress" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(undone).toEqual(["undone"]);
  await userEvent.click(screen.getByRole("button", { name: "Fail" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Not saved");
});
