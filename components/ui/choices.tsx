type ChoicesProps<Value extends string> = {
  legend: string;
  choices: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
};

/** One of a few, all of them in sight, with room for a finger. */
export function Choices<Value extends string>({ legend, choices, value, onChange }: ChoicesProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-[5px] font-medium">{legend}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(130px,1fr))] gap-1.5">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="flex cursor-pointer items-center gap-2 rounded-md border border-line-2 px-2.5 py-1.5 has-checked:border-accent has-checked:bg-accent-soft max-md:min-h-11"
          >
            <input
              type="radio"
              name={legend}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="accent-accent"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
