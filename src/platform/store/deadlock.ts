/** Two transactions each waited for rows that the other had locked, and PostgreSQL ended one of them: nothing of it was done, and nothing is wrong with it. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01'
}
