/** Operational log: what the node does, never who or what it is about. Business events go to the audit log, not here. */
import pino from 'pino'

export type Logger = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

/** Members that could carry personal data or secrets are cut whatever a caller passes. */
const CUT = [
  'officer',
  'officerName',
  'name',
  'password',
  'cookie',
  'authorization',
  'body',
  'input',
  '*.officer',
  '*.password',
  '*.cookie',
]

export function makeLogger(options: { readonly node: string; readonly level: string }): Logger {
  return pino(
    {
      level: options.level,
      base: { node: options.node },
      redact: { paths: CUT, censor: '[cut]' },
    },
    pino.destination(2),
  )
}
