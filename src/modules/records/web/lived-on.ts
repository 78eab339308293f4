/**
 * The history without echoes. A correction ends the whole fragment and states it anew, so a value that was not corrected stands there twice: ended, and
 * as it goes on. Only the latter is shown; whatever has no statement that goes on with it is shown as it ended.
 */
import type { StatementView } from '../contract.ts'

type Stated = Pick<StatementView, 'statement' | 'prop' | 'value' | 'from' | 'to' | 'ended' | 'supersedes'>

export function withoutEchoes<Statement extends Stated>(statements: readonly Statement[]): readonly Statement[] {
  const goingOn = new Set(statements.flatMap((each) => (each.supersedes === undefined ? [] : [contentOf(each.supersedes, each)])))
  return statements.filter((each) => each.ended?.reason !== 'corrected' || !goingOn.has(contentOf(fragmentOf(each), each)))
}

function fragmentOf({ statement }: Pick<Stated, 'statement'>): string {
  return statement.slice(0, statement.indexOf('/'))
}

function contentOf(fragment: string, { prop, value, from, to }: Stated): string {
  return JSON.stringify([fragment, prop, value, from, to])
}
