import type { ReactNode } from "react";
import { SettingsTabs } from "#components/shell/settings-tabs.tsx";
import { Page } from "#components/ui/block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { permissions } = await currentPerson();
  return (
    <Page title="Settings">
      <SettingsTabs permissions={[...permissions]} />
      <div className="mt-4 grid gap-4">{children}</div>
    </Page>
  );
}
