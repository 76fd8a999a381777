import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { heldClosesQuery } from "#lib/client/connections.ts";
import { scansQuery } from "#lib/client/scans.ts";
import { aScan } from "#testing/a-scan.ts";
import { act, render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { HeldNote } from "./held-note.tsx";
import { ImportReportForm } from "./import-report-form.tsx";
import { suggestImportName } from "./suggest-import-name.ts";

const pushed: string[] = [];
vi.mock("next/navigation", () => ({ useRouter: () => ({ push: (path: string) => pushed.push(path) }) }));
afterEach(() => vi.unstubAllGlobals());

/** The browser's request as far as the form needs one; the test says when it ends, and how. */
class FakeRequest extends EventTarget {
  static last: FakeRequest;
  readonly upload = new EventTarget();
  address = "";
  sent: unknown;
  status = 0;
  responseText = "";
  constructor() {
    super();
    FakeRequest.last = this;
  }
  open(_method: string, address: string) {
    this.address = address;
  }
  setRequestHeader() {}
  send(body: unknown) {
    this.sent = body;
  }
  abort() {
    this.dispatchEvent(new Event("abort"));
  }
  progress(loaded: number) {
    act(() => void this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded })));
  }
  async answer(status: number, body: unknown) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    await act(async () => void this.dispatchEvent(new Event("load")));
  }
}

const report = new File(["x".repeat(1000)], "shop-main.semgrep.sarif.gz");

async function drawAndChoose(scans = [aScan({ name: "web", source: "sarif" })]) {
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  // Nobody answers: what is there is enough.
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const answers = ["", "shop-main.semgrep", "web", "shop"].map((q): [readonly unknown[], unknown] => [
    scansQuery(q).queryKey,
    { items: scans, nextCursor: null },
  ]);
  render(
    <WithAnswers answers={answers}>
      <ImportReportForm />
    </WithAnswers>,
  );
  const user = userEvent.setup();
  await user.upload(screen.getByLabelText("SARIF report"), report);
  return user;
}

async function name(user: ReturnType<typeof userEvent.setup>, text: string) {
  await user.clear(screen.getByRole("textbox", { name: "Name" }));
  await user.click(screen.getByRole("textbox", { name: "Name" }));
  await user.paste(text);
}

test("a report is sent under its name, and its run's page opens", async () => {
  const user = await drawAndChoose();
  await name(user, "web");
  expect(screen.getByText(/^Revision 2 of web/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Import" }));
  expect(FakeRequest.last.address).toBe("/api/v1/imports?name=web");
  expect(FakeRequest.last.sent).toBe(report);
  FakeRequest.last.progress(400);
  expect(screen.getByRole("progressbar", { name: "Sending" }).getAttribute("aria-valuenow")).toBe("400");
  FakeRequest.last.progress(1000);
  expect(screen.getByRole("progressbar", { name: "Reading the report" })).toBeTruthy();
  await FakeRequest.last.answer(202, { name: "web", runId: "01900000-0000-7000-8000-00000000a002", state: "queued" });
  expect(pushed).toEqual(["/scans/web/runs/01900000-0000-7000-8000-00000000a002"]);
});

test("what is wrong with a report is said with its place in it, and another can be chosen", async () => {
  const user = await drawAndChoose();
  await user.click(screen.getByRole("button", { name: "Import" }));
  const detail = "$.runs[0].results[17].ruleId: A result must name its rule.";
  await FakeRequest.last.answer(400, { title: "Refused", detail, errors: [] });
  expect(screen.getByRole("alert").textContent).toBe(detail);
  await user.upload(screen.getByLabelText("SARIF report"), report);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a cancelled import says nothing and can be begun again", async () => {
  const user = await drawAndChoose();
  await user.click(screen.getByRole("button", { name: "Import" }));
  await user.click(screen.getByRole("button", { name: "Cancel import" }));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.queryByRole("button", { name: "Cancel import" })).toBeNull();
});

test("a name that holds archives is told before anything is sent", async () => {
  const user = await drawAndChoose([aScan({ name: "shop" })]);
  await name(user, "shop");
  expect(screen.getByText(/holds scans of source code/)).toBeTruthy();
});

test.each([
  ["shop.sarif", "shop"],
  ["results.sarif.json.gz", "results"],
  [`${"long-".repeat(20)}.sarif`, "long-".repeat(13).slice(0, 64).replace(/-$/, "")],
])("a name out of the file %s", (file, suggested) => {
  expect(suggestImportName(file)).toBe(suggested);
});

test("what waits for a person is told for its own name only", () => {
  const held = { source: "sarif", region: "web", state: "held", wouldClose: 60 };
  const answers: [readonly unknown[], unknown][] = [[heldClosesQuery().queryKey, { items: [held] }]];
  render(
    <WithAnswers answers={answers}>
      <HeldNote name="web" />
      <HeldNote name="other" />
    </WithAnswers>,
  );
  expect(screen.getAllByRole("status")).toHaveLength(1);
  expect(screen.getByRole("status").textContent).toContain("60 findings");
});
