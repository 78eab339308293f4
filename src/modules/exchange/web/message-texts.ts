/** Words for what a message is, and where its content is shown. */
import type { MessageRow } from '../contract.ts'
import { code } from './text.ts'

/** A word of the originator is named by what it says. */
export function typeText({ type, kind }: Pick<MessageRow, 'type' | 'kind'>): string {
  const said = type === 'exchange.statement' ? code('saidBy', kind) : kind
  return said === kind ? code('messageType', type.replace('.', '-')) : said
}

/** The page of the slice that owns the content; undefined where none shows it. */
export function pathOf({ type, context }: Pick<MessageRow, 'type' | 'context'>): string | undefined {
  if (type === 'exchange.subscription') return undefined
  if (type.startsWith('exchange.')) return `/items/${context}`
  if (type.startsWith('cargo.alert')) return `/alerts/${context}`
  if (type.startsWith('cargo.port-action')) return `/port-actions/${context}`
  if (type.startsWith('match.')) return '/matches'
  return undefined
}
