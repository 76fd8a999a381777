import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { receiverQuery } from "#lib/client/tickets.ts";
import type { ReceiverAnswer } from "#lib/domain/hand-over.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { ReceiverBlock } from "./receiver-block.tsx";

const receiver = { url: "https://hooks.example.com/in", template: '{"text": "{{title}}"}' };
const SECRET = "whsec_c2VjcmV0";

type Asked = { method: string; path: string; body: unknown };
afterEach(() => vi.unstubAllGlobals());

/** An API that answers each change so, and GETs with what is set. Returns what it was asked. */
function anApi(status: number, answer: unknown): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, { method = "GET", body }: RequestInit) => {
    if (method === "GET") return Response.json({ receiver });
    asked.push({ method, path, body: JSON.parse(String(body)) });
    return new Response(status === 204 ? null : JSON.stringify(answer), { status });
  });
  return asked;
}

function draw(set: ReceiverAnswer["receiver"]) {
  render(
    <WithAnswers answers={[[receiverQuery().queryKey, { receiver: set }]]}>
      <ReceiverBlock />
    </WithAnswers>,
  );
}

test("the secret of a new receiver is shown once, with how it is checked", async () => {
  const asked = anApi(200, { receiver, secret: SECRET });
  draw(null);
  await userEvent.type(screen.getByLabelText("Address"), receiver.url);
  await userEvent.click(screen.getByRole("button", { name: "Set the receiver" }));
  expect(await screen.findByText(SECRET)).toBeTruthy();
  expect(screen.getByText(/HMAC-SHA256 over/)).toBeTruthy();
  expect(asked).toMatchObject([
    { method: "PUT", path: "/api/v1/receiver", body: { url: receiver.url, newSecret: false } },
  ]);
});

test("what is wrong stands at its field", async () => {
  const errors = [{ field: "template", message: "There is no field “titel”" }];
  anApi(422, { title: "x", detail: "The input cannot be used.", errors });
  draw(receiver);
  await userEvent.click(screen.getByRole("button", { name: "Save the receiver" }));
  expect((await screen.findByText("There is no field “titel”")).getAttribute("role")).toBe("alert");
});

test("a receiver that is set can be tested", async () => {
  const asked = anApi(202, { id: "01900000-0000-7000-8000-000000000001" });
  draw(receiver);
  await userEvent.click(screen.getByRole("button", { name: "Send a test" }));
  expect(await screen.findByText(/A test is on its way/)).toBeTruthy();
  expect(asked).toMatchObject([{ method: "POST", path: "/api/v1/receiver/test" }]);
});
