/** What the tests of the formats share: text in, collected messages out. */
import type { CargoMessage } from '../model.ts'
import { type CollectedFile, collectMessages } from './collect-messages.ts'
import type { CargoEvent, MessageRow, ReadOptions } from './events.ts'
import { readCargoFile } from './read-cargo-file.ts'

export async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

export function readBytes(bytes: Uint8Array, options: ReadOptions & { size?: number } = {}): Promise<CollectedFile> {
  return collectMessages(readCargoFile(inPieces(bytes, options.size), options))
}

export function readText(text: string, options: ReadOptions = {}): Promise<CollectedFile> {
  return readBytes(new TextEncoder().encode(text), options)
}

/** The one message that the segments make, in an interchange without fault. */
export async function readMessage(type: string, segments: readonly string[]): Promise<CargoMessage> {
  const body = segments.map((segment) => `${segment}'\n`).join('')
  const file = await readText(`UNB+UNOC:3+S+R+260901:0600+1'\nUNH+1+${type}'\n${body}UNT+${segments.length + 2}+1'\nUNZ+1+1'\n`)
  const [message] = file.messages
  if (message === undefined || file.messages.length > 1) throw new Error('One message was expected.')
  return message
}

export async function gather<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}

/** The same with the rows beyond sightings and consignments, in order. */
export async function readRows(type: string, segments: readonly string[]): Promise<{ rows: readonly MessageRow[]; message: CargoMessage }> {
  const rows: MessageRow[] = []
  async function* tapped(events: AsyncIterable<CargoEvent>): AsyncGenerator<CargoEvent> {
    for await (const event of events) {
      if (isMessageRow(event)) rows.push(event)
      yield event
    }
  }
  const body = segments.map((segment) => `${segment}'\n`).join('')
  const text = `UNB+UNOC:3+S+R+260901:0600+1'\nUNH+1+${type}'\n${body}UNT+${segments.length + 2}+1'\nUNZ+1+1'\n`
  const file = await collectMessages(tapped(readCargoFile(inPieces(new TextEncoder().encode(text)))))
  const [message] = file.messages
  if (message === undefined || file.messages.length > 1) throw new Error('One message was expected.')
  return { rows, message }
}

function isMessageRow(event: CargoEvent): event is MessageRow & { readonly message: number } {
  return ['order', 'port-call', 'status', 'verified-mass', 'answer'].includes(event.kind)
}
