/** `breakwater id check KIND VALUE`: the check of one identifier, as the alert form makes it. */
import { type IdentifierKind, judgeIdentifier } from '../../modules/cargo/server/identifiers.ts'
import { type CommandOutput, USAGE } from './usage.ts'

const KINDS: readonly IdentifierKind[] = ['container', 'imo', 'unlocode', 'hs']

export function idCheck({ words, json }: { readonly words: readonly string[]; readonly json: boolean }, io: CommandOutput): number {
  const [word, ...rest] = words
  const kind = KINDS.find((each) => each === word)
  // A number printed with blanks may come unquoted.
  const value = rest.join(' ')
  if (kind === undefined || value === '') {
    io.err(USAGE['id check'] ?? '')
    return 2
  }
  const { name, ...verdict } = judgeIdentifier(kind, value)
  if (json) io.out(JSON.stringify(verdict))
  else {
    const offered = verdict.suggestion === undefined ? '' : ` Did you mean ${verdict.suggestion}?`
    io.out(
      `${value}: ${verdict.valid ? 'valid' : 'not valid'}${name === undefined ? '' : `, ${name}`}. ${verdict.reason ?? ''}${offered}`.trim(),
    )
  }
  return verdict.valid ? 0 : 1
}
