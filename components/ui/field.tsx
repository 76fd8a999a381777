import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

const CONTROL =
  "w-full min-h-8 rounded-md border bg-surface px-2.5 py-[5px] max-md:min-h-9 aria-disabled:bg-raised aria-disabled:text-text-3";
const controlClass = (error: string | undefined, className?: string): string =>
  classNames(CONTROL, error ? "border-bad" : "border-control", className);

type FieldParts = { label: string; hint?: ReactNode; error?: string };
type Wiring = { id: string; "aria-invalid"?: true; "aria-describedby"?: string };

/** Label above, hint or error below, wired to the control that `children` draws. */
function Field({ label, hint, error, children }: FieldParts & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  const wiring: Wiring = {
    id,
    ...(error ? { "aria-invalid": true } : {}),
    ...(note ? { "aria-describedby": `${id}-note` } : {}),
  };
  return (
    <div className="grid gap-[5px]">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children(wiring)}
      {note ? (
        <span
          id={`${id}-note`}
          role={error ? "alert" : undefined}
          className={classNames("text-12", error ? "text-bad-text" : "text-text-3")}
        >
          {note}
        </span>
      ) : null}
    </div>
  );
}

/** A line of text. An error names what would be right: "February has 28 days. Choose 28 Feb or earlier." */
export function TextField({ label, hint, error, className, ...rest }: FieldParts & ComponentProps<"input">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => <input {...rest} {...wiring} className={controlClass(error, className)} />}
    </Field>
  );
}

/** Several lines of text. */
export function TextAreaField({ label, hint, error, className, ...rest }: FieldParts & ComponentProps<"textarea">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => <textarea rows={3} {...rest} {...wiring} className={controlClass(error, className)} />}
    </Field>
  );
}

/** One of a few; the browser's own list, so that it works everywhere. */
export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...rest
}: FieldParts & ComponentProps<"select">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <span className="relative grid">
          <select {...rest} {...wiring} className={controlClass(error, classNames("appearance-none pr-8", className))}>
            {children}
          </select>
          <Icon name="down" className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-text-3" />
        </span>
      )}
    </Field>
  );
}
