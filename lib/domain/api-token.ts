import { z } from "zod";
import { permissionSchema } from "./permission.ts";

export const API_TOKEN_MAX_DAYS = 366;

/** A token cannot make tokens or people: one that leaks cannot outlive its own end. */
export const tokenPermissionSchema = permissionSchema.exclude(["tokens:write", "people:write", "session:own"]);
export type TokenPermission = z.infer<typeof tokenPermissionSchema>;

export const newApiTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  permissions: z.array(tokenPermissionSchema).min(1),
  expiresInDays: z.number().int().min(1).max(API_TOKEN_MAX_DAYS).default(90),
});
export type NewApiToken = z.infer<typeof newApiTokenSchema>;

/** A token without its secret. */
export const apiTokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(), // its first characters, to recognise it by
  permissions: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(), // to the minute
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;
export const apiTokensSchema = z.object({ items: z.array(apiTokenSchema) });
export type ApiTokens = z.infer<typeof apiTokensSchema>;

/** `token` is shown this once. */
export const createdApiTokenSchema = apiTokenSchema.extend({ token: z.string() });
export type CreatedApiToken = z.infer<typeof createdApiTokenSchema>;
