import { z } from "zod";
import { checkTemplate } from "./hand-over-template.ts";

const LONGEST_URL = 2_048;

/** Where an issue is worked on elsewhere. Only https: it is shown as a link to everyone. */
export const ticketUrlSchema = z
  .string()
  .trim()
  .max(LONGEST_URL, "At most 2,048 characters")
  .refine(isTicketUrl, "An https address, without a user name or password in it");

/** The ticket of a finding's issue; null takes it away. */
export const ticketChangeSchema = z.strictObject({ url: ticketUrlSchema.nullable() });

function isTicketUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === "https:" && username === "" && password === "";
}

/** `failed`: nobody tries any more by itself. */
export const handOverStateSchema = z.enum(["pending", "delivered", "failed"]);

/** One hand-over of an issue to the receiver that an admin has set, and how its delivery stands. */
export const handOverSchema = z.object({
  id: z.uuid(),
  /** null = a test from the settings. */
  finding: z.object({ id: z.uuid(), title: z.string() }).nullable(),
  state: handOverStateSchema,
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  attempts: z.number().int(),
  deliveredAt: z.iso.datetime().nullable(),
  /** When it is tried again by itself. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /** What went wrong the last time, and what to do. */
  failure: z.string().nullable(),
});
export type HandOver = z.infer<typeof handOverSchema>;
export const handOverListSchema = z.object({ items: z.array(handOverSchema) });
export type HandOverList = z.infer<typeof handOverListSchema>;

/** What a finding's page knows of tickets. */
export const ticketSchema = z.object({
  url: z.string().nullable(),
  setBy: z.string().nullable(), // null with a url: the receiver answered with it
  /** The issue in Markdown, for any ticket system. */
  summary: z.string(),
  /** Whether a receiver is set that can be handed to. */
  hasReceiver: z.boolean(),
  /** Of the issue, the newest first. */
  handOvers: z.array(handOverSchema),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const newHandOverSchema = z.strictObject({ note: z.string().trim().max(2_000).default("") });

/** https, or plain http to this machine itself. */
function isReceiverUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== "" || password !== "" || hash !== "") return false;
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname));
}

export const receiverUrlSchema = z
  .string()
  .trim()
  .max(LONGEST_URL, "At most 2,048 characters")
  .refine(isReceiverUrl, "An https address, or http on this machine itself (127.0.0.1), without a user name in it");

const templateSchema = z
  .string()
  .max(20_000, "At most 20,000 characters")
  .superRefine((text, context) => {
    const message = checkTemplate(text);
    if (message !== null) context.addIssue({ code: "custom", message });
  });

/** What an admin sets of the receiver. `newSecret`: the old one is forgotten, and a new one shown once. */
export const receiverChangeSchema = z.strictObject({
  url: receiverUrlSchema,
  template: templateSchema,
  newSecret: z.boolean().default(false),
});
export type ReceiverChange = z.infer<typeof receiverChangeSchema>;

/** The receiver of hand-overs; never with its secret. */
export const receiverSchema = z.object({ url: z.string(), template: z.string() });
export type Receiver = z.infer<typeof receiverSchema>;
export const receiverAnswerSchema = z.object({ receiver: receiverSchema.nullable() });
export type ReceiverAnswer = z.infer<typeof receiverAnswerSchema>;
/** `secret` is there only when it was made just now: nobody can read it again. */
export const savedReceiverSchema = z.object({ receiver: receiverSchema, secret: z.string().nullable() });
export type SavedReceiver = z.infer<typeof savedReceiverSchema>;
