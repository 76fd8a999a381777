/** A key as it is printed on the keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-[4px] border border-line-2 bg-surface px-1 font-sans text-[10.5px] leading-none font-medium text-text-2">
      {children}
    </kbd>
  );
}
