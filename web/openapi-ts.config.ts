import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: process.env["STEPWELL_OPENAPI"] ?? "openapi.json",
  output: { path: process.env["STEPWELL_TYPES_OUT"] ?? "src/lib/api/generated", clean: true },
  plugins: ["@hey-api/typescript"],
  logs: { level: "silent", file: false },
});
