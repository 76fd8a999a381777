"use client";
import { type ComponentType, createElement, memo, startTransition, useEffect, useState } from "react";

/**
 * A piece that the server draws and whose script comes by itself: until `load` has brought it, the piece hears of no
 * change. What is drawn already and changes before its script is there would be taken away, and come back a moment later.
 */
export function steadyUntil<Props extends object>(
  load: () => Promise<unknown>,
  Piece: ComponentType<Props>,
): ComponentType<Props> {
  const Same = memo(Piece);
  return function Steady(props: Props) {
    const [first] = useState(props);
    const [isHere, setIsHere] = useState(false);
    useEffect(() => {
      // Where it does not come, the piece itself fails and says so.
      load().then(
        () => startTransition(() => setIsHere(true)),
        () => {},
      );
    }, []);
    return createElement(Same, isHere ? props : first);
  };
}
