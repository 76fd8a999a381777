import { type ComponentType, lazy, Suspense, useState } from "react";
import { expect, test } from "vitest";
import { act, render, screen } from "#testing/render.ts";
import { steadyUntil } from "./steady-until.tsx";

type Props = { text: string };

function Page({ Piece }: { Piece: ComponentType<Props> }) {
  const [text, setText] = useState("before");
  return (
    <>
      <button type="button" onClick={() => setText("after")}>
        Change
      </button>
      <Piece text={text} />
    </>
  );
}

/** A page as the server drew it, whose piece has no script yet; `arrive` brings it. */
function aDrawnPage(wrap: typeof steadyUntil) {
  const { promise, resolve: arrive } = Promise.withResolvers<void>();
  const load = () => promise;
  const Fetched = lazy(async () => {
    await load();
    return { default: ({ text }: Props) => <p>{text}</p> };
  });
  const Piece = wrap(load, ({ text }: Props) => (
    <Suspense fallback={<p>On its way</p>}>
      <Fetched text={text} />
    </Suspense>
  ));
  const container = document.body.appendChild(document.createElement("div"));
  container.innerHTML = '<button type="button">Change</button><!--$--><p>before</p><!--/$-->';
  render(<Page Piece={Piece} />, { container, hydrate: true });
  return { arrive };
}

test("what the server drew stays until its script is there, and hears then of what changed", async () => {
  const { arrive } = aDrawnPage(steadyUntil);
  const drawn = screen.getByText("before");
  await act(async () => screen.getByRole("button").click());
  expect(screen.getByText("before")).toBe(drawn);
  await act(async () => arrive());
  expect(screen.getByText("after")).toBe(drawn);
});

test("without that it would step aside", async () => {
  aDrawnPage((_, Piece) => Piece);
  await act(async () => screen.getByRole("button").click());
  expect(screen.getByText("On its way")).toBeDefined();
});
