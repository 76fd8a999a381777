// Node's, PostgreSQL's (class 08, 53300, 57P01–57P03) and Prisma's words for a server that is away.
const AWAY_CODE = /^(ECONN(REFUSED|RESET)|ENOTFOUND|EPIPE|ETIMEDOUT|08\w{3}|53300|57P0[123]|P10(01|02|08|17))$/;
const AWAY_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection/;

/** True for what a database that cannot be reached, or has just gone, makes of any query: trying again later helps. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && AWAY_CODE.test(error.code)) return true;
  if (AWAY_MESSAGE.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  return isDatabaseAway(error.cause);
}
