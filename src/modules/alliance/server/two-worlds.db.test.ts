/**
 * Two worlds that differ only in what a partner must not know give it the same bytes, in every route it may call and in every announcement it hears. The
 * acts of others between its own are drawn at random in one world and absent in the other.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Route } from '#platform/http/route.ts'
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
import { setCustomsStateRoute } from './customs-acts.ts'
import { sendMessagesRoute } from './messages.ts'
import { findPartiesRoute, listRightsRoute, showRightRoute } from './own-links.ts'
import {
  matchGateRoute,
  orderTransportRoute,
  preNotifyRoute,
  releaseRightRoute,
  reportMoveRoute,
  revokeByLineRoute,
  transferRightRoute,
} from './partner-acts.ts'
import { showStandingRoute } from './partners.ts'

let at: AllianceStore
let box = 0
beforeAll(async () => {
  at = await startAllianceStore()
  for (const desk of [TERMINAL, LINE, FORWARDER, SECOND, HAULIER, WRONG]) await at.vet(desk)
})
afterAll(async () => await at.stop())

const plannedAt = '2026-12-01T06:00:00.000Z'
const TRUCK = { vehicle: 'V1', driver: 'D1', plannedAt }
type Name = typeof RIGHT | { readonly container: string; readonly voyage: string; readonly port: string }
type Deed = (name: Name) => Promise<unknown>

/** Acts that are no business of the forwarder that passed its right on, nor of a haulier outside the chain. */
const DEEDS: readonly Deed[] = [
  async (name) => await at.call(orderTransportRoute, as(SECOND), { ...name, haulier: HAULIER, key: key() }),
  async (name) => await at.call(transferRightRoute, as(SECOND), { ...name, to: HAULIER, key: key() }),
  async (name) => await at.call(preNotifyRoute, as(HAULIER), { ...name, ...TRUCK, key: key() }),
  async (name) => await at.call(showRightRoute, as(SECOND), name),
  async (name) => await at.call(reportMoveRoute, as(TERMINAL), { ...name, move: 'discharged', at: at.now().toISOString(), key: key() }),
  async (name) => await at.call(reportMoveRoute, as(TERMINAL), { ...name, move: 'gated-out', at: at.now().toISOString(), key: key() }),
  async (name) => await at.call(matchGateRoute, as(TERMINAL), { ...name, vehicle: 'V1', driver: 'D1', key: key() }),
  async (name) => await at.call(setCustomsStateRoute, as(CUSTOMS), { ...name, state: 'clear', key: key() }),
  async (name) => await at.call(setCustomsStateRoute, as(CUSTOMS), { ...name, state: 'selected', key: key() }),
  async (name) =>
    await at.call(setCustomsStateRoute, as(CUSTOMS), {
      ...name,
      state: 'hold',
      until: new Date(at.now().getTime() + 9e6).toISOString(),
      key: key(),
    }),
  async (name) => await at.call(revokeByLineRoute, as(LINE), { ...name, key: key() }),
  async (name) => await at.call(releaseRightRoute, as(LINE), { ...name, to: SECOND, key: key() }),
]

/** Everything a partner can ask, as it is answered, with the name of the box and keys that are its own taken out. */
async function everything(desk: string, name: Name): Promise<string> {
  const acts: readonly (readonly [Route, Readonly<Record<string, unknown>>])[] = [
    [listRightsRoute, { container: name.container }],
    [showRightRoute, name],
    [showStandingRoute, {}],
    [findPartiesRoute, { kind: 'haulier', name: 'desk' }],
    [transferRightRoute, { ...name, to: HAULIER, key: key() }],
    [orderTransportRoute, { ...name, haulier: HAULIER, key: key() }],
    [preNotifyRoute, { ...name, ...TRUCK, key: key() }],
    [matchGateRoute, { ...name, vehicle: 'V1', driver: 'D1', key: key() }],
    [revokeByLineRoute, { ...name, key: key() }],
    [reportMoveRoute, { ...name, move: 'moved', at: at.now().toISOString(), key: key() }],
    [sendMessagesRoute, { messages: [{ ...name, kind: 'transferred', reference: key(), to: HAULIER, at: at.now().toISOString() }] }],
  ]
  const answers: unknown[] = []
  for (const [route, input] of acts)
    answers.push(
      await at.call(route, as(desk), input).catch((error: { status?: number; code?: string; detail?: string; options?: object }) => {
        const { status, code, detail, options } = error
        return { status, code, detail, options }
      }),
    )
  return JSON.stringify([answers, at.announced.filter(({ desks }) => desks.includes(desk))])
    .replaceAll(name.container, 'BOX')
    .replaceAll(/"right":"[0-9a-f]{32}"/g, '"right":"…"')
    .replaceAll(/"reference":"[^"]*"/g, '"reference":"…"')
}

async function passedOn(): Promise<Name> {
  box += 1
  const name = { ...RIGHT, container: `CAIU${String(5_000_000 + box)}` }
  await at.call(releaseRightRoute, as(LINE), { ...name, to: FORWARDER, key: key() })
  await at.call(transferRightRoute, as(FORWARDER), { ...name, to: SECOND, key: key() })
  at.announced.length = 0
  return name
}

it('to the forwarder that passed its right on, whatever became of it', async () => {
  const quiet = await everything(FORWARDER, await passedOn())
  expect(quiet).toContain('already-passed')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...DEEDS), { maxLength: 8 }), async (deeds) => {
      const name = await passedOn()
      for (const deed of deeds) await deed(name).catch(() => undefined)
      expect(await everything(FORWARDER, name)).toBe(quiet)
    }),
    { numRuns: 25 },
  )
})

it('to a haulier outside the chain, whether there is such a container or not', async () => {
  box += 1
  const nobody = { ...RIGHT, container: `CAIU${String(5_000_000 + box)}` }
  at.announced.length = 0
  const absent = await everything(WRONG, nobody)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...DEEDS), { maxLength: 8 }), async (deeds) => {
      const name = await passedOn()
      for (const deed of deeds) await deed(name).catch(() => undefined)
      expect(await everything(WRONG, name)).toBe(absent)
    }),
    { numRuns: 15 },
  )
})
