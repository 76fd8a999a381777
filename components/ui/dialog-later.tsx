"use client";
import { type ComponentType, lazy, Suspense } from "react";
import { DialogBoundary } from "./dialog-boundary.tsx";

/**
 * A dialog whose script is fetched when it is first drawn. Where that fails, or the dialog does, it says so and the page
 * around it goes on. It must stand behind the state that opens it: the server never draws it.
 */
export function dialogLater<Props extends { onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Piece = lazy(async () => ({ default: await load() }));
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each dialog of the product, as lazy is
  return function DialogLater(props: Props) {
    return (
      <DialogBoundary onClose={props.onClose}>
        <Suspense>
          <Piece {...props} />
        </Suspense>
      </DialogBoundary>
    );
  };
}
