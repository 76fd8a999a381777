import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { database, inTransaction } from "#lib/db/database.ts";
import { saveAuditEvent } from "#lib/db/write/audit-event.ts";
import type { ApiToken, CreatedApiToken, NewApiToken } from "#lib/domain/api-token.ts";
import { AppError } from "#lib/domain/errors.ts";
import { type Permission, permissionSchema } from "#lib/domain/permission.ts";
import type { Role } from "#lib/domain/person.ts";
import type { Caller } from "./caller.ts";
import { PERMISSIONS } from "./permissions.ts";
import { hashSecret } from "./secret.ts";

const DAY_MS = 24 * 3_600_000;
// A script may ask a hundred times a second: "last used" is to the minute.
const USED_EVERY_MS = 60_000;
const FORM = /^slt_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/;
const MAX_LIVE_TOKENS = 50;

/** `slt_`, 256 random bits, and six characters made from them: secret scanners know one when they see it. */
export function newTokenText(): string {
  const random = randomBytes(32).toString("base64url");
  return `slt_${random}${checksumOf(random)}`;
}

/** False for anything that we never gave out, which needs no look into the database. */
export function isTokenText(text: string): boolean {
  const [, random, checksum] = FORM.exec(text) ?? [];
  return random !== undefined && checksumOf(random) === checksum;
}

function checksumOf(random: string): string {
  return hashSecret(`slt_${random}`).toString("base64url").slice(0, 6);
}

type TokenRow = {
  id: string;
  personId: string;
  userName: string;
  role: Role;
  permissions: string[];
  lastUsedAt: Date | null;
};

/**
 * Who this API token acts for. Null when it is unknown, revoked, expired, or its person is disabled.
 * It can do what it was made for and its person may still do: both, at this moment.
 */
export async function findTokenCaller(token: string, now: Date): Promise<Caller | null> {
  if (!isTokenText(token)) return null;
  const { rows } = await database().pool.query<TokenRow>(
    `SELECT t.id, p.id AS "personId", p.user_name AS "userName", p.role, t.permissions, t.last_used_at AS "lastUsedAt"
     FROM api_token t JOIN person p ON p.id = t.person_id
     WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 AND p.disabled_at IS NULL`,
    [hashSecret(token), now],
  );
  const row = rows[0];
  if (!row) return null;
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > USED_EVERY_MS) {
    await database().pool.query("UPDATE api_token SET last_used_at = $2 WHERE id = $1", [row.id, now]);
  }
  const { personId, userName, role } = row;
  return { via: "token", personId, userName, role, permissions: effectivePermissions(row) };
}

function effectivePermissions({ role, permissions }: TokenRow): Set<Permission> {
  return new Set(permissionSchema.options.filter((name) => permissions.includes(name) && PERMISSIONS[role].has(name)));
}

/** Makes a token for the caller. It may do no more than they may; its text is in this answer and nowhere else. */
export async function createApiToken(wanted: NewApiToken, caller: Caller, now: Date): Promise<CreatedApiToken> {
  const beyond = wanted.permissions.find((permission) => !caller.permissions.has(permission));
  if (beyond) {
    throw new AppError("forbidden", `A token can only be given what you may do yourself: ${beyond} is not yours`);
  }
  const token = newTokenText();
  const expiresAt = new Date(now.getTime() + wanted.expiresInDays * DAY_MS);
  const row = {
    id: uuidv7(),
    prefix: token.slice(0, 10),
    name: wanted.name,
    permissions: [...new Set(wanted.permissions)],
  };
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "SELECT 1 FROM api_token WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2",
      [caller.personId, now],
    );
    if ((rowCount ?? 0) >= MAX_LIVE_TOKENS) {
      throw new AppError("conflict", `You have ${MAX_LIVE_TOKENS} tokens already: revoke one first`);
    }
    await client.query(
      `INSERT INTO api_token (id, token_hash, prefix, name, person_id, permissions, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.id, hashSecret(token), row.prefix, row.name, caller.personId, row.permissions, now, expiresAt],
    );
    await saveAuditEvent(client, {
      actor: caller.userName,
      action: "token.create",
      target: row.id,
      detail: { name: row.name, permissions: row.permissions, expiresAt },
      now,
    });
  });
  return {
    ...row,
    createdAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: null,
    revokedAt: null,
    token,
  };
}

type ListedRow = Omit<ApiToken, "createdAt" | "expiresAt" | "lastUsedAt" | "revokedAt"> & {
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** The tokens of one person, newest first, dead ones too. */
export async function listApiTokens(personId: string): Promise<ApiToken[]> {
  const { rows } = await database().pool.query<ListedRow>(
    `SELECT id, name, prefix, permissions, created_at AS "createdAt", expires_at AS "expiresAt",
       last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
     FROM api_token WHERE person_id = $1 ORDER BY id DESC LIMIT 200`,
    [personId],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

/** Ends one of the caller's own tokens. Somebody else's is not found, as is one that never was. */
export async function revokeApiToken(id: string, caller: Caller, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "UPDATE api_token SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND person_id = $2",
      [id, caller.personId, now],
    );
    if (rowCount === 0) throw new AppError("not-found", "There is no such token");
    await saveAuditEvent(client, { actor: caller.userName, action: "token.revoke", target: id, now });
  });
}
