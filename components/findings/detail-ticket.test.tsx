import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { sessionQuery } from "#lib/client/session.ts";
import { ticketQuery } from "#lib/client/tickets.ts";
import type { HandOver, Ticket } from "#lib/domain/hand-over.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { TicketSection } from "./detail-ticket.tsx";

const findingId = "01900000-0000-7000-8000-000000000001";
const aHandOver = (overrides: Partial<HandOver>): HandOver => ({
  id: "01900000-0000-7000-8000-000000000002",
  finding: { id: findingId, title: "CVE-2026-0001" },
  state: "pending",
  madeAt: "2026-03-02T12:00:00.000Z",
  madeBy: "priya",
  attempts: 0,
  deliveredAt: null,
  nextAttemptAt: null,
  failure: null,
  ...overrides,
});

afterEach(() => vi.unstubAllGlobals());

function draw(ticket: Partial<Ticket>, permissions: string[] = ["findings:comment"]) {
  const whole: Ticket = { url: null, setBy: null, summary: "# High", hasReceiver: true, handOvers: [], ...ticket };
  render(
    <WithAnswers
      answers={[
        [ticketQuery(findingId).queryKey, whole],
        [sessionQuery().queryKey, { permissions }],
      ]}
    >
      <TicketSection findingId={findingId} />
    </WithAnswers>,
  );
}

test("a ticket is a link that tells its page nothing of ours, and who set it", () => {
  draw({ url: "https://tracker.example.com/SEC-1", setBy: "priya" });
  const link = screen.getByRole("link", { name: /tracker\.example\.com/ });
  expect(link.getAttribute("href")).toBe("https://tracker.example.com/SEC-1");
  expect(link.getAttribute("rel")).toContain("noopener");
  expect(screen.getByText("set by priya")).toBeTruthy();
});

test("a hand-over that failed says why, and can be tried again", () => {
  draw({ handOvers: [aHandOver({ state: "failed", attempts: 8, failure: "hooks.example.com answered HTTP 404." })] });
  expect(screen.getByText("Failed")).toBeTruthy();
  expect(screen.getByText(/answered HTTP 404/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try now" })).toBeTruthy();
});

test("who may not change anything sees how it stands, and can copy the summary", () => {
  draw({ handOvers: [aHandOver({ state: "failed", attempts: 8, failure: "x" })] }, ["findings:read"]);
  expect(screen.getByRole("button", { name: "Copy the summary" })).toBeTruthy();
  for (const name of ["Set link", "Hand over…", "Try now"]) expect(screen.queryByRole("button", { name })).toBeNull();
});

test("a hand-over goes with what is said about it, and shows the summary that goes too", async () => {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: RequestInit) => {
    sent.push(JSON.parse(String(body)));
    return Response.json({ id: findingId }, { status: 201 });
  });
  draw({ summary: "# High: openssl" });
  await userEvent.click(screen.getByRole("button", { name: "Hand over…" }));
  const dialog = await screen.findByRole("dialog", { name: "Hand the issue over" });
  expect(dialog.textContent).toContain("# High: openssl");
  await userEvent.type(screen.getByRole("textbox", { name: /^Note/ }), " Before Friday. ");
  await userEvent.click(screen.getByRole("button", { name: "Hand over" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(sent[0]).toEqual({ note: "Before Friday." });
});

test("without a receiver there is nothing to hand over to", () => {
  draw({ hasReceiver: false });
  expect(screen.queryByRole("button", { name: "Hand over…" })).toBeNull();
  expect(screen.getByRole("button", { name: "Set link" })).toBeTruthy();
});
