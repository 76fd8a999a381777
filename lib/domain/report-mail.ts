import { z } from "zod";
import { reportScopeSchema, WHOLE_SCOPE } from "./period-report.ts";
import { isTimeZone } from "./report-schedule.ts";

const MOST_RECIPIENTS = 50;

/** Addresses alone: a name could carry what an address cannot. */
const recipientsSchema = z
  .array(z.email("Write an address, as in name@example.com").max(254))
  .min(1, "Name at least one address")
  .max(MOST_RECIPIENTS)
  .refine((all) => new Set(all.map((one) => one.toLowerCase())).size === all.length, "Each address once");

/** `isTest`: the subject says so. */
export const newReportDeliverySchema = z.strictObject({
  recipients: recipientsSchema,
  isTest: z.boolean().default(false),
});
export type NewReportDelivery = z.infer<typeof newReportDeliverySchema>;

const reportDeliverySchema = z.object({
  id: z.uuid(),
  reportId: z.uuid(),
  recipient: z.string(),
  state: z.enum(["queued", "sent", "failed"]),
  isTest: z.boolean(),
  madeAt: z.iso.datetime(),
  attempts: z.number().int(),
  /** When it is tried again by itself; null = it is not. */
  nextAttemptAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
  /** What happened at the last attempt, with the server's answer; null = nothing went wrong yet. */
  failure: z.string().nullable(),
});
export type ReportDelivery = z.infer<typeof reportDeliverySchema>;

/** Newest first. */
export const reportDeliveriesSchema = z.object({ items: z.array(reportDeliverySchema) });
export type ReportDeliveries = z.infer<typeof reportDeliveriesSchema>;

/** A report as an e-mail, before it is sent. `isOn`: whether there is a mail server to send it. */
export const reportMailSchema = z.object({
  isOn: z.boolean(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});
export type ReportMail = z.infer<typeof reportMailSchema>;

const LAST_DAY = { week: 7, month: 28, quarter: 28 };

/** What is wrong with a day, by itself in its bounds, as one of the rhythm's; null = nothing. */
export const dayFault = ({ every, day }: { every: keyof typeof LAST_DAY; day: number }): string | null =>
  day <= LAST_DAY[every] ? null : "A week has 7 days";

const rhythmSchema = z.object({
  every: z.enum(["week", "month", "quarter"]),
  day: z.number().int().min(1).max(28).describe("Of the week (1 = Monday), the month, or the quarter's first month"),
  hour: z.number().int().min(0).max(23),
  timeZone: z.string().max(64).refine(isTimeZone, "There is no time zone of this name"),
});

/** Each time the period that ended last is told, and sent to everybody named. */
export const newReportScheduleSchema = z
  .strictObject({
    ...rhythmSchema.shape,
    scope: reportScopeSchema.default(WHOLE_SCOPE),
    recipients: recipientsSchema,
  })
  .superRefine((rhythm, context) => {
    const message = dayFault(rhythm);
    if (message !== null) context.addIssue({ code: "custom", message, path: ["day"] });
  });
export type NewReportSchedule = z.infer<typeof newReportScheduleSchema>;

/** Only what is given changes. */
export const reportScheduleChangeSchema = z.strictObject({
  ...rhythmSchema.partial().shape,
  scope: reportScopeSchema.optional(),
  recipients: recipientsSchema.optional(),
  isPaused: z.boolean().optional(),
});
export type ReportScheduleChange = z.infer<typeof reportScheduleChangeSchema>;

const reportScheduleSchema = rhythmSchema.extend({
  id: z.uuid(),
  scope: reportScopeSchema,
  recipients: z.array(z.string()),
  isPaused: z.boolean(),
  nextAt: z.iso.datetime(),
  createdBy: z.string(),
  /** Why the last report could not be told; null = it could. */
  failure: z.string().nullable(),
});
export type ReportSchedule = z.infer<typeof reportScheduleSchema>;

/** The next to run first. `isMailOn`: whether there is a mail server to send anything. */
export const reportSchedulesSchema = z.object({ isMailOn: z.boolean(), items: z.array(reportScheduleSchema) });
export type ReportSchedules = z.infer<typeof reportSchedulesSchema>;
