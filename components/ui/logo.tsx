/** A sight with a line through it: the product's mark. */
export function Logo({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={`${className} flex-none fill-none stroke-current`}>
      <circle cx="10" cy="10" r="7.6" strokeWidth="1.8" strokeDasharray="19.38 4.5" strokeDashoffset="-2.25" />
      <path d="M.8 10h5.4M13.8 10h5.4" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="10" cy="10" r="2.3" className="fill-accent stroke-none" />
    </svg>
  );
}
