import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { USUAL_COLUMNS } from "#lib/domain/list-column-words.ts";
import { render, screen } from "#testing/render.ts";
import { exportColumnsOf } from "./export-columns.ts";
import { ExportDialog } from "./export-dialog.tsx";

const filter = findingFilterSchema.parse({ status: "active", severity: "critical" });
const encoder = new TextEncoder();

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** An API whose file comes in the parts that the test gives it. */
function anApi() {
  const asked: string[] = [];
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let signal: AbortSignal | undefined;
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    asked.push(address);
    signal = init.signal ?? undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (one) => {
        controller = one;
      },
    });
    signal?.addEventListener("abort", () => controller?.error(signal?.reason));
    return new Response(body, { headers: { "content-type": "text/csv" } });
  });
  return {
    asked,
    send: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    breakOff: () => controller?.error(new TypeError("network error")),
    isGivenUp: () => signal?.aborted === true,
  };
}

function draw() {
  const onClose = vi.fn();
  render(<ExportDialog filter={filter} columns={USUAL_COLUMNS} total={{ count: 3, exact: true }} onClose={onClose} />);
  return onClose;
}
const columnsOf = (address: string | undefined) =>
  new URL(address ?? "", "http://here").searchParams.get("columns")?.split(",");
const begin = () => userEvent.click(screen.getByRole("button", { name: "Export 3 findings" }));

test("a file has the columns of the list unless others are chosen, and says how far it has come", async () => {
  const api = anApi();
  const onClose = draw();
  await screen.findByRole("group", { name: "Columns" });
  await userEvent.click(screen.getByRole("checkbox", { name: "EPSS" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Region" }));
  await begin();
  const columns = columnsOf(api.asked[0]) ?? [];
  expect(new Set(columns)).toEqual(
    new Set([...exportColumnsOf(USUAL_COLUMNS).filter((column) => column !== "epss"), "region"]),
  );
  api.send("id,severity\r\n1,high\r\n2,hi");
  expect(await screen.findByText(/^1 of 3 findings/)).toBeTruthy();
  api.send("gh\r\n3,low\r\n");
  expect(await screen.findByText(/^3 of 3 findings/)).toBeTruthy();
  const kept = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:1");
  api.end();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  const [file] = kept.mock.calls[0] ?? [];
  expect(file instanceof Blob && (await file.text())).toBe("id,severity\r\n1,high\r\n2,high\r\n3,low\r\n");
});

test("a file that is given up is fetched no further, and nothing is kept", async () => {
  const api = anApi();
  const onClose = draw();
  await screen.findByRole("group", { name: "Columns" });
  await begin();
  api.send("id\r\n1\r\n");
  await screen.findByText(/^1 of 3 findings/);
  await userEvent.click(screen.getByRole("button", { name: "Give up" }));
  expect(api.isGivenUp()).toBe(true);
  expect(onClose).toHaveBeenCalledOnce();
});

test("a transfer that breaks off is said, and is never kept as if it were whole", async () => {
  const api = anApi();
  const onClose = draw();
  await screen.findByRole("group", { name: "Columns" });
  await begin();
  api.send("id\r\n1\r\n");
  api.breakOff();
  expect((await screen.findByRole("alert")).textContent).toContain("Nothing was kept");
  expect(onClose).not.toHaveBeenCalled();
});
