import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Frame } from "#components/shell/frame.tsx";
import { SampleBanner } from "#components/shell/sample-banner.tsx";
import { THEME_COOKIE, themeSchema } from "#components/shell/theme.ts";
import { TopBar } from "#components/shell/top-bar.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const { userName, role } = await currentPerson();
  const theme = themeSchema.parse((await cookies()).get(THEME_COOKIE)?.value);
  const top = (
    <>
      <TopBar person={{ userName, role }} theme={theme} />
      <SampleBanner />
    </>
  );
  return <Frame top={top}>{children}</Frame>;
}
