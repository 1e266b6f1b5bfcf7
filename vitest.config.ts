import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real servers, a real browser and a real database start inside tests.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make servers and browser wait for one another.
    maxWorkers: 2,
  },
})
