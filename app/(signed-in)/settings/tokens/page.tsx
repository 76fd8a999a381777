import type { Metadata } from "next";
import { TokensBlock } from "#components/tokens/tokens-block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { tokenPermissionSchema } from "#lib/domain/api-token.ts";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const { permissions } = await currentPerson("tokens:write");
  return <TokensBlock grantable={tokenPermissionSchema.options.filter((permission) => permissions.has(permission))} />;
}
