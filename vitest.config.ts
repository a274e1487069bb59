import { defineConfig } from 'vitest/config';

const LONG = process.env.ALTERNAT_LONG === '1';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tools/**/*.test.ts', 'vectors/**/*.test.ts', 'e2e/**/*.test.ts'],
    exclude: LONG ? ['node_modules/**'] : ['node_modules/**', '**/*.long.test.ts'],
    globalSetup: ['src/adapters/postgres/embedded.testkit.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
