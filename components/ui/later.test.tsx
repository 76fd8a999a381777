import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { render, screen } from "#testing/render.ts";
import { Button } from "./button.tsx";
import { Menu, MenuItem } from "./menu.tsx";
import { Popover } from "./popover.tsx";

const acts: string[] = [];
const aMenu = (
  <Menu trigger={<Button>More</Button>}>
    <MenuItem onSelect={() => acts.push("copied")}>Copy</MenuItem>
    <MenuItem onSelect={() => acts.push("deleted")}>Delete</MenuItem>
  </Menu>
);

test("a menu is a menu before it was ever opened, and opens by the first press", async () => {
  render(aMenu);
  const trigger = screen.getByRole("button", { name: "More" });
  expect([trigger.getAttribute("aria-haspopup"), trigger.getAttribute("aria-expanded")]).toEqual(["menu", "false"]);
  await userEvent.click(trigger);
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
  expect(acts).toEqual(["deleted"]);
});

test("the arrow down opens it from the keyboard", async () => {
  render(aMenu);
  screen.getByRole("button", { name: "More" }).focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(await screen.findAllByRole("menuitem")).toHaveLength(2);
});

test("a popover opens by the first press and names what is in it", async () => {
  render(
    <Popover title="How fresh the data is" trigger={<Button>As of 06:12</Button>}>
      Everything was read.
    </Popover>,
  );
  expect(screen.queryByText("Everything was read.")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "As of 06:12" }));
  expect(await screen.findByRole("dialog", { name: "How fresh the data is" })).toBeDefined();
});
