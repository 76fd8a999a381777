import { expect, test } from "vitest";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { render, screen } from "#testing/render.ts";
import { Severity, severityWord } from "./severity.tsx";

test("every severity of the domain is said in a word, a letter and a shape of its own", () => {
  const drawn = SEVERITIES.map((severity) => {
    const { container, unmount } = render(<Severity severity={severity} />);
    expect(screen.getByText(severityWord(severity))).toBeTruthy();
    const letter = container.querySelector("svg text")?.textContent;
    const shape = container.querySelector("svg")?.firstElementChild?.outerHTML;
    unmount();
    return { letter, shape };
  });
  expect(drawn.map(({ letter }) => letter)).toEqual(["C", "H", "M", "L", "?", "i"]);
  expect(new Set(drawn.map(({ shape }) => shape)).size).toBe(SEVERITIES.length);
});
