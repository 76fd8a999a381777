import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

/** `mixed`: some of what it stands for is chosen. */
type CheckboxProps = Omit<ComponentProps<"input">, "type"> & { mixed?: boolean };

/** The box alone; name it by `aria-label` or a label around it. */
export function Checkbox({ mixed = false, className, ...rest }: CheckboxProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      data-fill
      ref={(box) => {
        if (box) box.indeterminate = mixed;
      }}
      className={classNames(
        "inline-grid size-[15px] flex-none cursor-pointer appearance-none place-items-center rounded-[4px] border-[1.5px] border-control bg-surface",
        "checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent",
        "checked:after:h-1 checked:after:w-2 checked:after:translate-x-[0.5px] checked:after:-translate-y-px checked:after:-rotate-45 checked:after:border-b-[1.8px] checked:after:border-l-[1.8px] checked:after:border-on-accent",
        "indeterminate:after:h-[1.8px] indeterminate:after:w-[7px] indeterminate:after:border-0 indeterminate:after:bg-on-accent",
        className,
      )}
    />
  );
}

/** A box with its words beside it; the whole line can be pressed. */
export function LabelledCheckbox({ children, ...rest }: CheckboxProps & { children: ReactNode }) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex cursor-pointer items-center gap-2 max-md:min-h-9">
      <Checkbox {...rest} id={id} />
      {children}
    </label>
  );
}
