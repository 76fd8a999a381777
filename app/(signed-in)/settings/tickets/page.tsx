import type { Metadata } from "next";
import { HandOversBlock } from "#components/tickets/hand-overs-block.tsx";
import { ReceiverBlock } from "#components/tickets/receiver-block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "Tickets" };

export default async function TicketsPage() {
  await currentPerson("settings:write");
  return (
    <>
      <ReceiverBlock />
      <HandOversBlock />
    </>
  );
}
