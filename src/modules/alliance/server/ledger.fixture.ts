/** A ledger with every partner vetted, a box of its own for each test, and what each party does with it: for the tests of the ledger in the store. */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ChainView, LinkView } from '../contract.ts'
import {
  type AllianceStore,
  sessionOf as as,
  CUSTOMS,
  FORWARDER,
  HAULIER,
  key,
  LINE,
  RIGHT,
  SECOND,
  startAllianceStore,
  TERMINAL,
  WRONG,
} from './alliance.fixture.ts'
import { showChainRoute } from './chains.ts'
import { setCustomsStateRoute } from './customs-acts.ts'
import { showRightRoute } from './own-links.ts'
import {
  matchGateRoute,
  orderTransportRoute,
  preNotifyRoute,
  releaseRightRoute,
  reportMoveRoute,
  transferRightRoute,
} from './partner-acts.ts'
import type { RightName } from './right-name.ts'

export const TRUCK = { vehicle: '1-ABC-123', driver: 'ALFA-4711' }
export const NOT_FOUND = { status: 404, code: 'not-found' }

/** Call it once in a file of tests: it starts and stops the store with the file. */
export function ledgerInStore() {
  let store: AllianceStore | undefined
  let box = 0
  let right: RightName = RIGHT
  beforeAll(async () => {
    store = await startAllianceStore()
    for (const desk of [TERMINAL, LINE, FORWARDER, SECOND, HAULIER, WRONG]) await store.vet(desk)
  })
  afterAll(async () => await store?.stop())
  beforeEach(() => {
    box += 1
    right = { ...RIGHT, container: `MSCU${String(1_000_000 + box)}` }
  })
  const at = (): AllianceStore => {
    if (store === undefined) throw new Error('The store starts before the first test.')
    return store
  }
  const now = (hours = 0): string => new Date(at().now().getTime() + hours * 3_600_000).toISOString()
  return {
    get at() {
      return at()
    },
    get right() {
      return right
    },
    set right(name: RightName) {
      right = name
    },
    discharge: async () =>
      await at().call(reportMoveRoute, as(TERMINAL), { ...right, move: 'discharged', line: LINE, at: now(), key: key() }),
    clear: async () => await at().call(setCustomsStateRoute, as(CUSTOMS), { ...right, state: 'clear', key: key() }),
    release: async (to: string = FORWARDER) =>
      await at().call<{ right: string }>(releaseRightRoute, as(LINE), { ...right, to, key: key() }),
    transfer: async (from: string, to: string) => await at().call(transferRightRoute, as(from), { ...right, to, key: key() }),
    order: async (from: string, haulier: string = HAULIER) =>
      await at().call(orderTransportRoute, as(from), { ...right, haulier, key: key() }),
    notify: async (by: string = HAULIER, truck = TRUCK) =>
      await at().call(preNotifyRoute, as(by), { ...right, ...truck, plannedAt: now(48), key: key() }),
    gate: async (truck = TRUCK, by: string = TERMINAL) => await at().call(matchGateRoute, as(by), { ...right, ...truck, key: key() }),
    out: async () => await at().call(reportMoveRoute, as(TERMINAL), { ...right, move: 'gated-out', at: now(), key: key() }),
    /** With what the look leaves in the ledger. */
    see: async (desk: string, officer?: string) => {
      try {
        return await at().call<LinkView>(showRightRoute, as(desk, officer), right)
      } finally {
        await at().work()
      }
    },
    chain: async (id: string, desk: string = CUSTOMS) => await at().call<ChainView>(showChainRoute, as(desk), { right: id }),
  }
}
