/** Something to tell the outside. The same `id` tells the receiver that it has come before. */
export type Notification = { id: string; body: string; at: Date };

/** Where it goes, and the secret that signs it. */
export type Receiver = { url: string; secret: string };

/**
 * How a delivery ended. `url`: what the receiver made of it, where it says so. `failure` is what a person reads: what
 * happened and what to do; `isFinal`: trying again would change nothing.
 */
export type Delivery = { url: string | null } | { failure: string; isFinal: boolean };

/** Delivers one notification once. Never throws for what the receiver does. */
export type Notifier = (notification: Notification, receiver: Receiver, signal: AbortSignal) => Promise<Delivery>;
