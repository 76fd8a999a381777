"use client";
import type { ReactNode } from "react";
import { Boundary } from "./boundary.tsx";
import { Button } from "./button.tsx";

/** Around a dialog: one that cannot be drawn says so at the foot of the page, which stays as it is. */
export function DialogBoundary({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Boundary
      fallback={(again) => (
        <div
          role="alert"
          className="fixed inset-x-3 bottom-6 z-60 mx-auto flex w-fit flex-wrap items-center gap-2 rounded-lg bg-overlay px-3 py-2 shadow-overlay max-md:bottom-17"
        >
          <span className="mr-2">This dialog could not be shown. Nothing was changed.</span>
          <Button size="small" icon="refresh" onClick={again}>
            Try again
          </Button>
          <Button size="small" look="ghost" onClick={onClose}>
            Close
          </Button>
        </div>
      )}
    >
      {children}
    </Boundary>
  );
}
