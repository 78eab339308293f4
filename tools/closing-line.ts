import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Prints the one line that scripts read, last: `N passed, N failed`. A file that cannot load and an unhandled error count as failures,
 * and a run in which nothing passed fails.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const { passed, failed } = tally(modules, unhandled)
    if (passed === 0) process.exitCode = 1
    process.stdout.write(`${passed} passed, ${failed} failed\n`)
  }
}

/** Counts tests, load errors and errors outside any test. */
export function tally(
  modules: readonly Pick<TestModule, 'errors' | 'children'>[],
  unhandled: readonly unknown[],
): { readonly passed: number; readonly failed: number } {
  let passed = 0
  let failed = unhandled.length
  for (const module of modules) {
    failed += module.errors().length
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') passed += 1
      if (state === 'failed') failed += 1
    }
  }
  return { passed, failed }
}
