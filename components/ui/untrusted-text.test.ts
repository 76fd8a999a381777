import { expect, test } from "vitest";
import { visibleCode, visibleText } from "./untrusted-text.tsx";

test("marks that turn the direction of text are shown instead of obeyed", () => {
  expect(visibleText("invoice\u202Efdp.exe")).toBe("invoice⟨U+202E⟩fdp.exe");
});

test("characters that hide are shown by their number", () => {
  expect(visibleText("a\u0000b\u001b[31mc\u200bd\ufeffe")).toBe("a⟨U+0000⟩b⟨U+001B⟩[31mc⟨U+200B⟩d⟨U+FEFF⟩e");
});

test("tags, which spell out words that nobody sees, are shown by their number", () => {
  expect(visibleText("a\u{e0069}\u00adb")).toBe("a⟨U+E0069⟩⟨U+00AD⟩b");
});

test("a title with line breaks stays one line", () => {
  expect(visibleText("one\r\ntwo\tthree")).toBe("one two three");
});

test("other scripts and emoji stay as they are", () => {
  expect(visibleText("Größe 漢字 שלום 🔒")).toBe("Größe 漢字 שלום 🔒");
});

test("a line of code keeps its tabs", () => {
  expect(visibleCode("\tif x:\u2028")).toBe("\tif x:⟨U+2028⟩");
});
