import { z } from "zod";

export const definitionIdSchema = z.enum([
  "open",
  "new",
  "reopened",
  "closed",
  "new-and-closed",
  "fixed",
  "scope-added",
  "rescored",
  "suppressed",
  "known",
  "why-it-moved",
  "reopened-rate",
  "movers",
  "forecast",
  "as-of",
  "day",
  "issue",
  "time-to-fix",
  "age",
  "due-date",
  "reachable",
  "overdue",
  "at-risk",
  "sla",
  "team",
  "resource-type",
  "actively-exploited",
  "since-your-last-visit",
  "not-scanned",
  "fix-first",
  "held",
  "back-test",
  "freshness",
  "code-findings",
  "code-fixes",
]);
export type DefinitionId = z.infer<typeof definitionIdSchema>;

export type Definition = { term: string; text: string };

/** How each number is counted, in the words that pages and documentation show. In the order of the page. */
export const DEFINITIONS: Record<DefinitionId, Definition> = {
  open: {
    term: "Open",
    text: "Findings that are active: reported by their source and not suppressed. A point of a trend is the number at the end of its UTC day; today's is the number at the moment that the page names.",
  },
  new: {
    term: "New",
    text: "Findings that a place which was read before reports for the first time. It counts on the day on which Sightline learned of it.",
  },
  reopened: {
    term: "Reopened",
    text: "Findings that were closed and are reported again. Charts of new against closed draw them with the new ones.",
  },
  closed: {
    term: "Closed",
    text: "Findings that ended, for whatever reason: fixed, resource gone, or no longer reported. Those that ended because Sightline stopped reading a place are told apart, as scope lost.",
  },
  "new-and-closed": {
    term: "New against closed",
    text: "New and reopened findings above the line, closed ones below; net is the difference. What was suppressed or rescored, and what came or went with a place, is in neither, so that net alone need not be the step of what is open.",
  },
  fixed: {
    term: "Fixed",
    text: "Findings that ended while their resource is still scanned and no longer shows them. A terminated instance or a deleted image is resource gone, not fixed.",
  },
  "scope-added": {
    term: "Scope added, scope lost",
    text: "A place is an account, a region and a source. What the first whole pass over a place finds was there before; it steps the chart up, but it is not new. What ends because a place is no longer read steps it down, but it is not closed. Charts name both.",
  },
  rescored: {
    term: "Rescored",
    text: "A finding whose severity changed leaves one severity and enters another: one less there, one more here, nothing in total.",
  },
  suppressed: {
    term: "Suppressed",
    text: "Findings that somebody, a rule or AWS has set aside. They are neither open nor closed. When the last reason ends they are open again.",
  },
  known: {
    term: "Known and unknown days",
    text: "A place is known on a day that lies between two passes over it which are no more than 7 days apart, and for 7 days after the last. On other days it is carried at its last number, drawn hatched and named: an absent sync is a gap, not an improvement. A code scan's result stands until the next scan. If a place is not read again within 7 days, its last days become unknown afterwards; no number changes. Of the time before the first sync only what is still open is known: what was first observed by then and is open now, which is drawn apart.",
  },
  "why-it-moved": {
    term: "Why it moved",
    text: "Between two moments every event that changes what is open counts under one reason, and the reasons add up exactly from one number to the other. A rescoring is one less in one severity and one more in the other, nothing in total; so is a finding that moves to another issue. One that moves into another team's place is one less for that team and one more for the other from then on; its past stays counted where it was, and lists as of that time show it there. Exception expired: a suppression reached its date, or the fix that it waited for came; suppression lifted: somebody, or the source, took it back. An undo counts as what it does. A finding that moved twice counts twice and stands on the list once, so that a bar may say more movements than its list has findings.",
  },
  "reopened-rate": {
    term: "Reopened rate",
    text: "Reopened findings of a month as a share of those that closed in it: fixed, resource gone, or no longer reported. A finding that closed in one month and came back in the next counts in each where it happened, so that the share may pass 100 %. A month without a closing has none.",
  },
  movers: {
    term: "Top movers",
    text: "Where the number of open findings changed most between two moments, upwards or downwards: what was added less what was taken, for whatever reason. Of accounts it is always told; of images, repositories, functions, packages and CVEs where no more than 20,000 movements are to be looked through.",
  },
  forecast: {
    term: "Forecast",
    text: "Where the number of open findings goes if the weeks to come are like the last twelve whole ones: likely by the middle one of their nets, at best and at worst by those that nine in ten stay above and below. What came or went with a place is in no net, and weeks with an unknown day are left out; with fewer than four nothing is told. A backlog whose nets are not below zero does not end.",
  },
  "as-of": {
    term: "As of",
    text: "Every number opens the list that it counts, as the findings stood at that moment: status, severity, score, rank, assignee and due date are those of then, all else is today's. The answer stays the same whatever is synced later. A moment counts once no pass that could still write before it is running; a later one is told as of the last such moment. Nothing is told of the time before the first sync.",
  },
  day: {
    term: "Day",
    text: "Days, weeks and months are in UTC and begin at midnight, wherever you are; a week begins on Monday. Instants are shown in your own time zone.",
  },
  issue: {
    term: "Issue",
    text: "What a person fixes: one vulnerability in one thing that outlives redeploys (an image repository, a function, a fleet, an instance, a place in the code). It may have many findings. Its clock runs from the first until none is open; back within 7 days it runs on, later a new one starts.",
  },
  "time-to-fix": {
    term: "Time to remediate",
    text: "Whole days of an issue's clock, from the source's first observation to the fix, by the month of the fix. Only real fixes count: not a resource that is gone for good, not what was suppressed or is no longer reported. A rebuilt image without the finding is a fix. The median is the middle one of the fixes, the mean their average, nine in ten what nine of ten fixes took at most; the number opens every finding of the issues that were fixed in that month.",
  },
  age: {
    term: "Age",
    text: "Whole UTC days since the clock of the finding's issue started, on the day that the page names. A redeploy makes nothing younger. The numbers are of open findings: all ages together are all that is open.",
  },
  "due-date": {
    term: "Due date",
    text: "The day by which an issue has to be fixed, to the end of that day in UTC. A person's date wins; else the SLA policy's: the UTC day on which the issue's clock started, plus the days set. Of the days for its severity, for known exploited and for reachable the fewest count; for each of them a team's come before an account's, and those before everybody's. It follows severity, exploitation, reachability, team and policy while the issue is open. What has ended keeps the date that it had.",
  },
  reachable: {
    term: "Reachable",
    text: "On a resource for which Inspector reports an open network path from outside, and nobody has set that finding aside. What is exposed in other ways is not known, and not counted.",
  },
  overdue: {
    term: "Overdue",
    text: "Open findings whose due date has passed. A number of a past moment is told by the due dates of then, whatever the policy became later. How long: whole days since the date.",
  },
  "at-risk": {
    term: "At risk",
    text: "Open findings that are not overdue, with at most 3 days left, or at most a quarter of the time between the start of the issue's clock and its due date.",
  },
  sla: {
    term: "In time",
    text: "Of the issues that had a due date: those that were fixed by it in the month, and those still open at its end and not overdue, out of these, the ones fixed late and the overdue ones. Only real fixes count. A fix is measured by the due date that stood when it was recorded.",
  },
  team: {
    term: "Team",
    text: "Who looks after something. Of the teams whose rules match a resource the first in order has it, and with it everything of the same image repository, function, fleet, instance, code repository or scan. Today's teams are told of the past as well: when rules change, what was counted for one team is counted for another, and lists say the same. What no rule matches belongs to no team.",
  },
  "resource-type": {
    term: "Resource type",
    text: "What a finding was found on, as its source calls it: an instance, an image, a function, a repository. Trends by type tell the whole past by the type that each finding's resource has today, as lists do; all types together are all that is open.",
  },
  "actively-exploited": {
    term: "Actively exploited",
    text: "Open findings whose vulnerability CISA has listed as exploited, as their source tells it or the imported catalogue does. A published exploit alone does not count.",
  },
  "since-your-last-visit": {
    term: "Since your last visit",
    text: "What Sightline recorded after the last time you looked at the overview on an earlier visit. An hour without a look ends a visit. On the first visit it is the last 7 days.",
  },
  "not-scanned": {
    term: "Not scanned",
    text: "Resources that their source knows and does not fully examine, as of the last whole pass: at least one kind of scan is off for them. The reasons are the source's own; a resource may have more than one.",
  },
  "fix-first": {
    term: "Fix first",
    text: "Each change with the active findings that it closes, most first: one package brought to one fixed version in one image repository, function, fleet or instance; a rebuild on a patched base image, for all system packages of a container image that have a fix; a newer language runtime; one place in code. A finding with several packages may be closed by more than one. Due this week is due within the next seven days.",
  },
  held: {
    term: "Held by an exception",
    text: "Open findings that a rule, or one decision, sets aside at this moment. What only an exception holds is active again once that ends; what AWS, a report or another exception holds too stays suppressed. A closed finding is held by no rule; when it comes back, rules look at it again. Known exploited and critical are as they are now.",
  },
  "back-test": {
    term: "Would have hidden",
    text: "What a rule would have hidden of the findings that came in the last 90 days, new or again, each counted once, on the UTC day on which Sightline first recorded it in that time. Its severity is the one that it came with; every other field is told as it is today, since nothing else is kept of that moment. Fixed since are those whose last end was a fix. Whether something else held them then does not matter.",
  },
  freshness: {
    term: "Freshness",
    text: "How far each account, region and source can be trusted. Late: the last pass is older than twice its interval. Refused: AWS denied a permission, which is named. Failed: the last pass broke off. Never: no whole pass yet, so that nothing found means nothing.",
  },
  "code-findings": {
    term: "CodeGuru: findings overview",
    text: "The numbers of Amazon CodeGuru Security's dashboard, over code scans, informational findings left out. Open and critical are as of now, compared with a week ago. The distribution is by severity; top vulnerabilities are the detectors with the most open findings; the scans are those with the most open and the most critical ones.",
  },
  "code-fixes": {
    term: "CodeGuru: vulnerability fix overview",
    text: "Closed, new and average time to close of code scans in the days chosen, compared with as many days before, informational findings left out. Time to close runs from a finding's first detection until it closed.",
  },
};
