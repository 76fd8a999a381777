"use client";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { useSingleLetters } from "#components/ui/shortcuts.ts";
import { PLACES } from "./places.ts";

const LIST_KEYS: { keys: string[]; act: string }[] = [
  { keys: ["⌘K", "Ctrl K"], act: "Go to a view, page, scan or finding" },
  { keys: ["/"], act: "Search" },
  { keys: ["j", "k"], act: "Next, previous finding" },
  { keys: ["Enter", "o"], act: "Open the finding" },
  { keys: ["Esc"], act: "Close the finding, then clear the selection" },
  { keys: ["x", "X"], act: "Select the finding, select up to it" },
  { keys: ["e"], act: "All acts on what is selected" },
  { keys: ["a", "d", "s"], act: "Assign, set due, suppress" },
  { keys: ["v", "u", "c"], act: "Change severity, lift suppression, comment" },
  { keys: ["z"], act: "Undo the last act" },
  { keys: ["i"], act: "By issue, or each finding by itself" },
  { keys: ["["], act: "Filters on or off" },
  { keys: ["]"], act: "Panel on or off" },
  { keys: ["←", "→"], act: "Step through a chart" },
];

/** Every key, and the switch for those that are single letters. */
export function KeyboardList({ onClose }: { onClose: () => void }) {
  const [lettersAreOn, setLetters] = useSingleLetters();
  const pages = PLACES.map(({ keys, name }) => ({ keys: keys.split(" "), act: `Go to ${name}` }));
  return (
    <Dialog isOpen onClose={onClose} title="Keyboard">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2">
        {[...LIST_KEYS, ...pages, { keys: ["?"], act: "This list" }].map(({ keys, act }) => (
          <div key={act} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{act}</dd>
          </div>
        ))}
      </dl>
      <LabelledCheckbox checked={lettersAreOn} onChange={(event) => setLetters(event.target.checked)}>
        Single letters are shortcuts in this browser
      </LabelledCheckbox>
    </Dialog>
  );
}
