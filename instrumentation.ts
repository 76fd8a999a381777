import type { Instrumentation } from "next";

/** Next calls it once, before the first request. An environment that cannot be used stops it here, every fault named. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ env }, { guardEveryRequest }] = await Promise.all([
    import("#lib/config/env.ts"),
    import("#lib/http/security-headers.ts"),
  ]);
  env();
  guardEveryRequest();
}

/** Logs what went wrong in a page, once. The route's pattern stands for the address, which may hold a sign-in link. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { createLogger } = await import("#lib/config/logger.ts");
  createLogger("web").error({ err: error, method: request.method, route: context.routePath }, "A page failed");
};
