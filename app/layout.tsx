import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppProviders } from "#components/shell/app-providers.tsx";
import { readTheme, THEME_COOKIE } from "#components/shell/theme.ts";

export const metadata: Metadata = {
  title: { default: "Sightline", template: "%s · Sightline" },
  description: "Every security finding in one list, worst first.",
  robots: { index: false, follow: false },
  referrer: "same-origin",
};
export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1 };

/** Reading the cookie makes every page dynamic, which is also what lets each one carry its own CSP nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      data-theme={theme === "system" ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body className="isolate">
        <AppProviders now={Date.now()}>{children}</AppProviders>
      </body>
    </html>
  );
}
