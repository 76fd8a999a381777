import { serve } from "../scanner/serve.ts";
import { fakeEngine } from "./fake-engine.ts";

// The scanner's own process but for the engine, which a test can make wait.
await serve(fakeEngine);
