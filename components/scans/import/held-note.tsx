"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Banner } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { heldClosesQuery } from "#lib/client/connections.ts";

/** Says that what a report leaves out is still open, where so much would close that a person must say so first. */
export function HeldNote({ name }: { name: string }) {
  const { data } = useQuery(heldClosesQuery());
  const held = data?.items.find(
    ({ source, region, state }) => source === "sarif" && region === name && state === "held",
  );
  if (!held) return null;
  return (
    <Banner kind="note">
      {countOf(held.wouldClose, "finding")} that the report leaves out {held.wouldClose === 1 ? "is" : "are"} still
      open: so many at once wait for a person.{" "}
      <NextLink href="/settings/sources" className="link">
        Decide
      </NextLink>
    </Banner>
  );
}
