import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listColumnsQuery } from "#lib/client/findings.ts";
import { LIST_COLUMNS, type ListColumn, toListColumns, USUAL_COLUMNS } from "#lib/domain/list-column-words.ts";
import { aFinding } from "#testing/a-finding.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { ColumnsMenu } from "./columns-menu.tsx";
import { exportColumnsOf } from "./export-columns.ts";
import { FindingRow } from "./finding-row.tsx";
import { useListColumns } from "./use-list-columns.ts";

let kept: unknown[] = [];
beforeEach(() => {
  kept = [];
  vi.stubGlobal("fetch", async (_: string, { body }: RequestInit) => {
    kept.push(JSON.parse(String(body)).columns);
    return new Response(null, { status: 204 });
  });
});
afterEach(() => vi.unstubAllGlobals());

type AddressProps = { said: ListColumn[] | null; viewId: string | null };

/** The menu over an address that says `said`. */
function Columns({ said, viewId }: AddressProps) {
  const [columns, setColumns] = useState(said);
  const chosen = useListColumns({ columns, viewId, setColumns });
  return (
    <>
      <ColumnsMenu {...chosen} />
      <p>In the address: {columns?.join() ?? "nothing"}</p>
      <p>Shown: {chosen.shown.join()}</p>
    </>
  );
}

async function draw(own: ListColumn[], address: AddressProps) {
  render(
    <WithAnswers answers={[[listColumnsQuery().queryKey, { columns: own }]]}>
      <Columns {...address} />
    </WithAnswers>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Columns" }));
  await screen.findByRole("menuitemcheckbox", { name: "EPSS" });
}
const press = (name: string) => userEvent.click(screen.getByRole("menuitemcheckbox", { name }));
const without = (...names: ListColumn[]) => USUAL_COLUMNS.filter((name) => !names.includes(name)).join();

test("a choice is in the address and the person's own, and the menu stays for the next one", async () => {
  await draw([], { said: null, viewId: null });
  await press("EPSS");
  await press("Fix");
  expect(screen.getByText(`Shown: ${without("epss", "fix")}`)).toBeDefined();
  expect(screen.getByText(`In the address: ${without("epss", "fix")}`)).toBeDefined();
  await vi.waitFor(() => expect(kept.map(String)).toEqual([without("epss"), without("epss", "fix")]));
});

test("where an address says nothing, a list has the person's own columns", async () => {
  await draw(toListColumns(["region"]), { said: null, viewId: null });
  expect(screen.getByText("Shown: severity,finding,region")).toBeDefined();
});

test("the usual columns come back by one choice, which leaves nothing in the address", async () => {
  const chosen = toListColumns(["region"]);
  await draw(chosen, { said: chosen, viewId: null });
  await userEvent.click(screen.getByRole("menuitem", { name: "The usual columns" }));
  expect(screen.getByText(`Shown: ${USUAL_COLUMNS.join()}`)).toBeDefined();
  expect(screen.getByText("In the address: nothing")).toBeDefined();
  await vi.waitFor(() => expect(kept).toEqual([[]]));
});

test("in a view a choice is the view's alone", async () => {
  await draw([], { said: toListColumns(["region"]), viewId: "01900000-0000-7000-8000-000000000001" });
  await press("Score");
  expect(screen.getByText("In the address: severity,score,finding,region")).toBeDefined();
  expect(kept).toEqual([]);
});

test("a row says what the columns are, in their order", () => {
  const finding = aFinding({ severity: "critical", region: "eu-west-1", score: 9.8, cve: "CVE-2026-1" });
  render(
    <WithAnswers answers={[]}>
      <table>
        <tbody>
          <FindingRow
            finding={finding}
            columns={["severity", "score", "finding", "region"]}
            isChosen
            index={0}
            isOpen={false}
            isSelected={false}
            isLeaving={false}
            onOpen={() => {}}
            onSelect={() => {}}
          />
        </tbody>
      </table>
    </WithAnswers>,
  );
  const cells = screen.getAllByRole("cell").map((cell) => cell.textContent);
  expect(cells.slice(1, 4)).toEqual(["CCritical", "9.8", "eu-west-1"]);
  expect(screen.getByRole("row").textContent).not.toContain("CVE-2026-1");
});

test("a file has what is on screen: of every column something, and the id by which it goes on", () => {
  for (const column of LIST_COLUMNS) expect(exportColumnsOf([column]).length, column).toBeGreaterThan(1);
  expect(exportColumnsOf(["severity", "region"])).toEqual(["id", "severity", "region"]);
});
