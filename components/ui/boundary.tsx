"use client";
import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";

type BoundaryProps = {
  children: ReactNode;
  /** What is drawn in it: another one is tried at once. */
  of?: string;
  /** Stands in its place after a failure; `again` draws the children anew. */
  fallback: (again: () => void) => ReactNode;
};
type BoundaryState = { error: Error | null };

/** Keeps the failure of a part to its place: the page around it goes on. React asks for a class here. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (this.state.error !== null && before.of !== this.props.of) this.setState({ error: null });
  }

  again = (): void => {
    // A script that did not come, as after an update of the server, only comes with the page; its address keeps the place.
    if (this.state.error?.name === "ChunkLoadError") location.reload();
    else this.setState({ error: null });
  };

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : this.props.fallback(this.again);
  }
}

type NotShownProps = {
  /** What is missing, as a sentence begins: "The timeline". */
  what: string;
  onAgain: () => void;
};

/** In the place of a part that could not be drawn. */
export function NotShown({ what, onAgain }: NotShownProps) {
  return (
    <div role="alert" className="grid justify-items-start gap-1.5 px-2 py-1.5 text-text-2">
      {what} could not be shown. Nothing was changed.
      <Button size="small" icon="refresh" onClick={onAgain}>
        Try again
      </Button>
    </div>
  );
}
