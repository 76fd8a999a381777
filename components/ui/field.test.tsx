import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { render, screen } from "#testing/render.ts";
import { LabelledCheckbox } from "./checkbox.tsx";
import { SelectField, TextField } from "./field.tsx";

test("a field is found by its label and described by its hint", () => {
  render(<TextField label="Name" hint="As it stands on the invoice" />);
  const note = document.getElementById(screen.getByLabelText("Name").getAttribute("aria-describedby") ?? "");
  expect(note?.textContent).toBe("As it stands on the invoice");
});

test("an error takes the place of the hint and is announced", () => {
  render(<TextField label="Expires on" hint="A day" error="February has 28 days. Choose 28 Feb or earlier." />);
  expect(screen.getByLabelText("Expires on").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("alert").textContent).toContain("Choose 28 Feb");
  expect(screen.queryByText("A day")).toBeNull();
});

test("a list of choices can be changed by its label", async () => {
  render(
    <SelectField label="Role">
      <option>viewer</option>
      <option>lead</option>
    </SelectField>,
  );
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Role" }), "lead");
  expect(screen.getByRole<HTMLSelectElement>("combobox").value).toBe("lead");
});

test("the words beside a box press it", async () => {
  render(<LabelledCheckbox>Critical</LabelledCheckbox>);
  await userEvent.click(screen.getByText("Critical"));
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Critical" }).checked).toBe(true);
});

test("a box that stands for some of its parts is mixed", () => {
  render(
    <LabelledCheckbox mixed readOnly>
      All
    </LabelledCheckbox>,
  );
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "All" }).indeterminate).toBe(true);
});
