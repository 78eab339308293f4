/** One event of a chain for the screen of the authority. Tokens are cut: enough to see whether two are the same, too little to look one up. */
import type { EventBody, LedgerEvent } from '#kernel/release-right/event.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { ChainEvent } from '../contract.ts'
import { partyView } from './keepers.ts'

const TOKEN_SHOWN = 8

export function eventView(services: NodeServices, event: LedgerEvent): ChainEvent {
  const { body, by, at, hash, previous } = event
  const said = body.kind === 'refused' ? body.act : body
  const to = otherParty(said)
  return {
    hash,
    previous,
    at,
    kind: said.kind,
    by: { ...partyView(services, by.desk), role: by.role },
    ...(to === undefined ? {} : { to: partyView(services, to) }),
    facts: factsOf(said),
    ...(body.kind === 'refused' ? { refused: body.because } : {}),
  }
}

function otherParty(body: EventBody): string | undefined {
  switch (body.kind) {
    case 'released':
    case 'transferred':
      return body.to
    case 'transport-ordered':
      return body.haulier
    case 'discharged':
      return body.line
    case 'foreign-code':
      return body.readBy
    default:
      return undefined
  }
}

/** What the event says beside its parties. */
function factsOf(body: EventBody): { name: string; value: string | number | boolean }[] {
  const hidden = new Set(['kind', 'to', 'haulier', 'line', 'readBy', 'account', 'act', 'because'])
  return Object.entries(body)
    .filter(([name]) => !hidden.has(name))
    .map(([name, value]) => ({
      name,
      value: name === 'vehicle' || name === 'driver' ? String(value).slice(0, TOKEN_SHOWN) : String(value),
    }))
}
