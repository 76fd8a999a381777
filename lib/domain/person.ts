import { z } from "zod";
import { permissionSchema } from "./permission.ts";
import { ROLES } from "./roles.ts";
import { RESERVED_USER_NAMES, USER_NAME, USER_NAME_RULE } from "./user-name.ts";

export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** Chosen at the first sign-in, never changed: upload keys are built from it. */
export const userNameSchema = z
  .string()
  .regex(USER_NAME, USER_NAME_RULE)
  .refine((name) => !RESERVED_USER_NAMES.includes(name), "This name is reserved");

export const personSchema = z.object({
  id: z.uuid(),
  userName: z.string(),
  role: roleSchema,
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(), // of the newest live session
  disabledAt: z.iso.datetime().nullable(),
  liveSessions: z.number().int(),
});
export type Person = z.infer<typeof personSchema>;
export const peopleSchema = z.object({ items: z.array(personSchema) });
export type People = z.infer<typeof peopleSchema>;

/** What an admin may change of a person. */
export const personChangeSchema = z
  .strictObject({ role: roleSchema.optional(), isDisabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, "Nothing to change: give role or isDisabled");
export type PersonChange = z.infer<typeof personChangeSchema>;

/** A link for a new person with this role, or a fresh one for somebody who is known already. */
export const newSignInLinkSchema = z.union([
  z.strictObject({ role: roleSchema }),
  z.strictObject({ personId: z.uuid() }),
]);
export type NewSignInLink = z.infer<typeof newSignInLinkSchema>;
export const signInLinkSchema = z.object({ url: z.url(), expiresAt: z.iso.datetime() });
export type SignInLink = z.infer<typeof signInLinkSchema>;

/** `userName` is needed when the link is for a new person. */
export const signInSchema = z.strictObject({ token: z.string().max(128), userName: userNameSchema.optional() });

/** Who is signed in here, and what they may do. */
export const currentSessionSchema = z.object({
  personId: z.uuid(),
  userName: z.string(),
  role: roleSchema,
  via: z.enum(["session", "token", "bootstrap"]),
  permissions: z.array(permissionSchema),
});
export type CurrentSession = z.infer<typeof currentSessionSchema>;
