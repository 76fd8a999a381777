import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { render, screen } from "#testing/render.ts";
import { Button, IconButton, OutsideLink } from "./button.tsx";

test("a button that cannot be pressed can still be reached, and says why", async () => {
  const press = vi.fn();
  render(
    <Button disabledReason="Suppressing needs the lead role" onClick={press}>
      Suppress
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Suppress" });
  await userEvent.tab();
  expect(document.activeElement).toBe(button);
  expect(button.title).toBe("Suppressing needs the lead role");
  await userEvent.click(button);
  expect(press).not.toHaveBeenCalled();
});

test("a busy button refuses a second press", async () => {
  const press = vi.fn();
  render(
    <Button busy onClick={press}>
      Save
    </Button>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Save", busy: true }));
  expect(press).not.toHaveBeenCalled();
});

test("a button inside a form does not send it unless it says so", () => {
  render(<Button>Cancel</Button>);
  expect(screen.getByRole("button", { name: "Cancel" }).getAttribute("type")).toBe("button");
});

test("an icon button is named by its act with its key", () => {
  render(<IconButton icon="close" label="Close" shortcut="Esc" />);
  expect(screen.getByRole("button", { name: "Close (Esc)" })).toBeTruthy();
});

test("only an https address becomes a link, and it opens without a way back", () => {
  for (const href of ["javascript:alert(1)", "http://plain.example/", "data:text/html,x", "not an address"]) {
    const { unmount } = render(<OutsideLink href={href}>Read on</OutsideLink>);
    expect(screen.queryByRole("link")).toBeNull();
    expect(screen.getByText("Read on")).toBeTruthy();
    unmount();
  }
  render(<OutsideLink href="https://nvd.nist.gov/vuln">Read on</OutsideLink>);
  expect(screen.getByRole("link").getAttribute("rel")).toBe("noopener noreferrer");
});
