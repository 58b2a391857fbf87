import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env["STEPWELL_SERVER"] ?? "http://127.0.0.1:8480";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname }, dedupe: ["preact", "react", "react-dom"] },
  build: {
    outDir: process.env["STEPWELL_WEB_OUT"] ?? "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: address is more than our content security policy allows
    modulePreload: { polyfill: false }, // an inline script would be, too
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": server, "/health": server, "/docs": server } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
