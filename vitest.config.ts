import { defineConfig } from "vitest/config";

const everywhere = ["**/node_modules/**", "**/.next/**", "**/.data/**", "e2e/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...everywhere, "**/*.db.test.ts", "**/*.contract.test.ts"],
          environment: "node",
        },
      },
      {
        test: { name: "component", include: ["**/*.test.tsx"], exclude: everywhere, environment: "happy-dom" },
      },
    ],
  },
});
