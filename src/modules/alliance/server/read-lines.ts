/**
 * A file of messages as lines for the ledger, whole messages only: a message that breaks off, or is longer than any honest one, is one line that says so.
 * Invariant: every message gives at least one line, and every order, box or event of a message that is for the ledger gives one of its own.
 */
import { type CargoEvent, type IntakeProblem, readCargoFile, type Voyage } from '#modules/cargo'
import { type LineFault, lineOfOrder, lineOfSighting, type StatedLine } from './stated-lines.ts'

/** Lines of one message, which are held together until it is known to be whole. */
const MOST_LINES = 20_000
/** Lines of one file: hours of work, and more than a port has in a day. What stands behind them is to come in another file. */
const MOST_OF_FILE = 100_000
const FOR_LEDGER: ReadonlySet<string> = new Set(['COREOR', 'COPARN', 'COPINO', 'CODECO', 'COARRI', 'DCSA-EVENT'])

/** Intake reads on where segments are missing, or more are wrong than it lists; a right is not moved by half a message. */
const NOT_WHOLE: ReadonlySet<string> = new Set(['message.count', 'message.no-trailer', 'warnings.more'])

export interface ReadLine extends StatedLine {
  readonly message: number
  readonly type: string
}

export type LineEvent =
  | { readonly kind: 'line'; readonly line: ReadLine }
  | { readonly kind: 'end'; readonly problem?: Pick<IntakeProblem, 'code' | 'at'> }

interface Open {
  readonly type: string
  readonly lines: StatedLine[]
  voyage: Voyage | undefined
  isTooLong: boolean
}

export async function* readLines(bytes: AsyncIterable<Uint8Array>, document: string, most = MOST_OF_FILE): AsyncGenerator<LineEvent> {
  let open: Open = openMessage('')
  let told = 0
  for await (const event of readCargoFile(bytes, { document })) {
    switch (event.kind) {
      case 'message-started':
        open = openMessage(event.type)
        break
      case 'voyage':
        open.voyage = event.voyage
        break
      case 'order':
      case 'equipment':
        collect(open, event)
        break
      case 'message':
        for (const line of linesOf(open, event.result)) {
          if (told === most) return yield { kind: 'end', problem: { code: 'file.too-long', at: `message ${event.message}, ${line.place}` } }
          told += 1
          yield { kind: 'line', line: { ...line, message: event.message, type: open.type } }
        }
        break
      case 'end': {
        const { refused, messages } = event.summary
        const problem = refused ?? (messages === 0 ? { code: 'no-message', at: 'byte 0' } : undefined)
        yield { kind: 'end', ...(problem === undefined ? {} : { problem: { code: problem.code, at: problem.at } }) }
        break
      }
      default:
    }
  }
}

const openMessage = (type: string): Open => ({ type: type.slice(0, 20), lines: [], voyage: undefined, isTooLong: false })

function collect(open: Open, event: Extract<CargoEvent, { kind: 'order' | 'equipment' }>): void {
  const { type, voyage, lines } = open
  if (!FOR_LEDGER.has(type)) return
  if (lines.length >= MOST_LINES) open.isTooLong = true
  else lines.push(event.kind === 'order' ? lineOfOrder(event.order, { type, voyage }) : lineOfSighting(event.sighting, { type, voyage }))
}

function linesOf(open: Open, result: Extract<CargoEvent, { kind: 'message' }>['result']): readonly StatedLine[] {
  const { lines, isTooLong } = open
  const whole = (outcome: 'unused' | 'quarantined', because: LineFault, place = 'message'): readonly StatedLine[] => [
    { place, asked: { outcome, because } },
  ]
  const lost = result.warnings.find(({ code }) => NOT_WHOLE.has(code))
  if (result.outcome === 'quarantined' || lost !== undefined)
    return whole('quarantined', 'unreadable', (lost ?? result.warnings.at(-1))?.at)
  if (isTooLong) return whole('quarantined', 'too-long')
  return lines.length === 0 ? whole('unused', 'not-for-ledger') : lines
}
