import { defineConfig } from 'vitest/config'

/**
 * What is tried on each engine, a run each. These files change nothing but databases of their own, so
 * that the product is loaded once for all of them.
 */
const twice = ['test/flow/**/*.test.ts', 'test/web/site*.test.ts']
const shared = { include: twice, isolate: false }

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    globalSetup: ['test/support/postgres.ts'],
    projects: [
      { extends: true, test: { name: 'house', include: ['test/**/*.test.ts'], exclude: twice } },
      {
        extends: true,
        test: { name: 'sqlite', ...shared, env: { MAMORI_TEST_ENGINE: 'SQLite' } },
      },
      {
        extends: true,
        test: { name: 'postgres', ...shared, env: { MAMORI_TEST_ENGINE: 'PostgreSQL' } },
      },
    ],
    // Real servers, a real browser and a real database start inside tests.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make servers and browser wait for one another.
    maxWorkers: 2,
    // Tests that say they may run side by side do so in twos.
    maxConcurrency: 2,
  },
})
