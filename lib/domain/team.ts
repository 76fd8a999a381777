import { z } from "zod";
import { severitySchema } from "./severity.ts";
import { MY_TEAMS, NO_TEAM, TEAM_RULE_KINDS } from "./team-words.ts";

/** What a team is called in filters and addresses. Chosen once, never changed. */
export const teamIdSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "Use small letters, digits and hyphens, at most 40");

export const teamRuleKindSchema = z.enum(TEAM_RULE_KINDS);
export type TeamRuleKind = z.infer<typeof teamRuleKindSchema>;

/** What belongs to a team. `*` stands for any text; a tag is `key=value`, or `key` alone for any value. */
export const teamRuleSchema = z
  .strictObject({ kind: teamRuleKindSchema, pattern: z.string().trim().min(1).max(300) })
  .refine(({ kind, pattern }) => kind !== "tag" || !/^=|\*.*=|^[^=]*\*/.test(pattern), {
    error: "A tag is key=value; * may stand in the value only",
    path: ["pattern"],
  });
export type TeamRule = z.infer<typeof teamRuleSchema>;

const MOST_RULES = 200;
const MOST_MEMBERS = 500;

const nameSchema = z.string().trim().min(1).max(80);
const rulesSchema = z
  .array(teamRuleSchema)
  .max(MOST_RULES)
  .superRefine((rules, context) => {
    const seen = new Map<string, number>();
    rules.forEach(({ kind, pattern }, index) => {
      const key = `${kind} ${pattern}`;
      const first = seen.get(key);
      if (first !== undefined) {
        context.addIssue({ code: "custom", message: `The same as rule ${first + 1}`, path: [index, "pattern"] });
      } else seen.set(key, index);
    });
  });
const membersSchema = z.array(z.string().min(1).max(32)).max(MOST_MEMBERS).describe("User names");

export const newTeamSchema = z.strictObject({
  id: teamIdSchema.optional().describe("Made from the name when left out"),
  name: nameSchema,
  rules: rulesSchema.default([]),
  members: membersSchema.default([]),
});
export type NewTeam = z.infer<typeof newTeamSchema>;

/** Only what is given changes; rules and members are replaced as a whole. */
export const teamChangeSchema = z.strictObject({
  name: nameSchema.optional(),
  rules: rulesSchema.optional(),
  members: membersSchema.optional(),
});
export type TeamChange = z.infer<typeof teamChangeSchema>;

/** Every team once, the first to be asked first. */
export const teamOrderSchema = z.strictObject({ teams: z.array(teamIdSchema).max(1000) });

/** Rules that are not saved yet; of a team that there is, with its id. */
export const teamDraftSchema = z.strictObject({ id: teamIdSchema.optional(), rules: rulesSchema });
export type TeamDraft = z.infer<typeof teamDraftSchema>;

/** Whose findings pages open with: any team's, those of all of one's own, or what no team has; null = everybody's. */
const chosenTeamSchema = z.union([teamIdSchema, z.enum([MY_TEAMS, NO_TEAM])]).nullable();
export const teamScopeSchema = z.strictObject({ team: chosenTeamSchema });
export type TeamScope = z.infer<typeof teamScopeSchema>;

/** What is chosen, and what can be. */
export const teamChoiceSchema = z.object({
  chosen: chosenTeamSchema,
  items: z.array(z.object({ id: teamIdSchema, name: z.string() })), // the first team first
  mine: z.array(teamIdSchema), // those that one is a member of
});
export type TeamChoice = z.infer<typeof teamChoiceSchema>;

const bySeveritySchema = z.partialRecord(severitySchema, z.number().int());

/** What teams have at present. */
const holdingsSchema = z.object({
  accounts: z.number().int(),
  resources: z.number().int(),
  /** Open findings, by severity; what is 0 is left out. */
  open: bySeveritySchema,
});
export type Holdings = z.infer<typeof holdingsSchema>;

export const teamSchema = z.object({
  id: teamIdSchema,
  name: z.string(),
  /** From 1: of the teams whose rules match a resource, the first has it. */
  position: z.number().int(),
  rules: z.array(z.object({ kind: teamRuleKindSchema, pattern: z.string() })),
  members: z.array(z.string()), // user names
  isMine: z.boolean(), // whether one is a member
  holdings: holdingsSchema,
});
export type Team = z.infer<typeof teamSchema>;

/** How far changed rules have been carried out; null = they are. */
export const applyingSchema = z.object({ done: z.number().int(), total: z.number().int() }).nullable();
export type Applying = z.infer<typeof applyingSchema>;

export const teamsSchema = z.object({
  items: z.array(teamSchema),
  /** Open findings of resources that no team has. */
  noTeam: z.object({ open: bySeveritySchema }),
  /** Whose findings one's pages open with; null = everybody's. */
  scope: chosenTeamSchema,
  applying: applyingSchema,
});
export type Teams = z.infer<typeof teamsSchema>;

/** What rules match, whether or not a team before has it. */
export const teamPreviewSchema = z.object({
  matched: holdingsSchema,
  /** Rules, by their place, that match nothing there is. */
  idleRules: z.array(z.number().int()),
  /** Teams that match some of the same resources, in order; `wins`: they are theirs, since they come first. */
  overlaps: z.array(z.object({ id: teamIdSchema, name: z.string(), wins: z.boolean(), resources: z.number().int() })),
  /** How many of the resources the team would have. */
  wonResources: z.number().int(),
});
export type TeamPreview = z.infer<typeof teamPreviewSchema>;
