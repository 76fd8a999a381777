import { z } from "zod";
import { apiSend } from "./api.ts";

/** Ends the session of this browser. */
export const signOut = () => apiSend("DELETE", "/api/v1/session", null, z.unknown());
