import { z } from "zod";
import { apiSend } from "./api.ts";

/** Uses a one-time link up; `userName` is needed when it is for a new person. Throws ApiError. */
export const signIn = (link: { token: string; userName?: string }) =>
  apiSend("POST", "/api/v1/session", link, z.unknown());

/** Ends the session of this browser. */
export const signOut = () => apiSend("DELETE", "/api/v1/session", null, z.unknown());
