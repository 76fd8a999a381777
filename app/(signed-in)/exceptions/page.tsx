import type { Metadata } from "next";
import { z } from "zod";
import { ExceptionsView } from "#components/exceptions/exceptions-view.tsx";
import { Page } from "#components/ui/block.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { newExceptionAddress } from "#lib/client/exceptions.ts";

export const metadata: Metadata = { title: "Exceptions" };

const addressSchema = z.object({
  make: z.string().max(8_000).nullable().catch(null).default(null),
  open: z.uuid().nullable().catch(null).default(null),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ExceptionsPage({ searchParams }: Props) {
  const { permissions, userName } = await currentPerson("findings:read");
  const { make, open } = addressSchema.parse(await searchParams);
  const mayTriage = permissions.has("findings:triage");
  return (
    <Page
      title="Exceptions"
      text="What is set aside, by whom, why and until when. Suppressed findings stay in the list under their status"
      actions={
        mayTriage ? (
          <ButtonLink look="main" icon="plus" href={newExceptionAddress("")}>
            Make a rule
          </ButtonLink>
        ) : null
      }
    >
      <ExceptionsView
        viewer={{ userName, mayTriage }}
        canChangePolicy={permissions.has("settings:write")}
        make={make}
        openId={open}
      />
    </Page>
  );
}
