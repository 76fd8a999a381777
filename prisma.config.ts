import { defineConfig } from "prisma/config";

// `generate`, `validate` and `format` want to download an engine that they never run: any program in its place will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
