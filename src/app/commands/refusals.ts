/** How a command says no: a code that stays the same, and a sentence a person can act on. Exit code 1. */
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import { TokenRefused } from '#platform/link/jose.ts'
import type { CommandOutput } from './usage.ts'

const SENTENCES: Readonly<Record<string, string>> = {
  'enrolment.keys': 'An application names one key of each use, and public keys only.',
  'enrolment.certificate-request': 'The certificate request is none, or is not signed with the key that would be pinned.',
  'enrolment.not-our-organisation': 'The node in BREAKWATER_HOME holds no keys of that organisation.',
  'enrolment.not-our-application': 'The challenge is for other keys than this node applied with.',
  'enrolment.other-challenge': 'The answer is to another challenge, or the application was changed since.',
  'enrolment.key-not-proved': 'The applicant did not prove that it holds every key.',
  'enrolment.validity': 'A key is valid from a time to come, not any more, or for longer than 400 days.',
  'enrolment.no-sponsor': 'No member vouches for the applicant.',
  'enrolment.other-voucher': 'The member vouches for another application.',
  'enrolment.member-exists': 'That organisation is a member: it alone may vouch for its new keys, with the seal it has.',
  'enrolment.key-id-taken': 'A key of that name is in the directory and is another one, or is revoked.',
  'enrolment.desk-taken': 'A desk belongs to another organisation.',
  'enrolment.node-taken': 'Another node has that name.',
  'key.unknown': 'It is signed with a key that is not in force.',
  'token.signature': 'A signature is wrong.',
  'token.not-for-us': 'It is sealed to another key.',
  'token.form': 'Not a signed document.',
}

/** For what a command checks itself. */
export function refuse(code: string, detail: string): never {
  throw new AppError(409, code, detail)
}

interface Told {
  readonly io: CommandOutput
  readonly json: boolean
}

/** Runs a command; what it refuses, or cannot read, is said with its code and answered by 1. Anything else is a defect and goes on. */
export async function orRefused({ io, json }: Told, work: () => Promise<number> | number): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw error
    if (json) io.out(JSON.stringify({ refused: refusal }))
    else io.err(`${refusal.code}: ${refusal.detail}`)
    return 1
  }
}

function refusalOf(error: unknown): { readonly code: string; readonly detail: string } | undefined {
  if (error instanceof AppError) return { code: error.code, detail: error.detail }
  if (error instanceof TokenRefused) return { code: error.code, detail: SENTENCES[error.code] ?? 'It was refused.' }
  if (error instanceof z.ZodError)
    return { code: 'file.form', detail: error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`).join('; ') }
  if (error instanceof SyntaxError) return { code: 'file.form', detail: 'The file is not JSON.' }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return { code: 'file.missing', detail: (error as Error).message }
  if (code === 'EEXIST') return { code: 'file.exists', detail: `${(error as Error).message}. Nothing is overwritten.` }
  return undefined
}

/** One object, or the lines that say the same. */
export function tell({ io, json }: Told, data: Readonly<Record<string, unknown>>, lines: readonly string[]): number {
  if (json) io.out(JSON.stringify(data))
  else for (const line of lines) io.out(line)
  return 0
}
