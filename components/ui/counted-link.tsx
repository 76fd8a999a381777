import NextLink from "next/link";

/** Leads from a number to its definition. `of` names the number for those who hear the link alone. */
export function CountedLink({ href, of }: { href: string; of: string }) {
  return (
    <NextLink href={href} prefetch={false} className="link text-12 print:hidden">
      How this is counted<span className="sr-only">: {of}</span>
    </NextLink>
  );
}
