import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'test/web/*.e2e.ts'],
    globalSetup: ['./src/testing/postgres.ts'],
    isolate: false,
    maxWorkers: 2,
    // Longer than anything is waited for: what was last seen is told before the time is up.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // A page is waited for, however busy the machine is; the usual second is a measurement of it.
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default', './tools/closing-line.ts'],
  },
})
