import type { ReactNode } from "react";
import { Logo } from "#components/ui/logo.tsx";

/** What stands on a page where nobody is signed in. */
export function SignInCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center bg-canvas px-4 py-10">
      <div className="w-full max-w-[380px] rounded-lg border border-line bg-surface p-6">
        <div className="mb-5 flex items-center gap-2 font-semibold">
          <Logo />
          Sightline
        </div>
        <h1 className="mb-2">{title}</h1>
        <div className="grid gap-3.5 text-text-2">{children}</div>
      </div>
    </main>
  );
}
