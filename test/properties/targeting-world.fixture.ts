/**
 * Targeting for the two worlds. In both, a ship reaches Zeebrugge, which drafts a rule and waits for a box. In one of them Antwerp also has a rule in force, watch entries, a
 * setting, a run over the past, a score, a selection that is decided and an outcome, all over the same boxes. Nothing of that may reach anybody else, by whatever route.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { takeArrivals } from '#modules/targeting'
import {
  closeSelection,
  decide,
  decideRule,
  enterWatch,
  learnScore,
  listQueue,
  proposeIndicator,
  proposeSelection,
  recordOutcome,
  saveRule,
  setCapacity,
  startWhatIf,
  submitRule,
} from '#modules/targeting/contract'
import type { Client } from '../../src/app/client.ts'
import type { TestCoalition } from '../../src/testing/coalition.ts'
import { ARRIVAL_DAY, OWN_CONTAINER } from './cargo-world.fixture.ts'
import { dayOfWorlds } from './worlds-begin.fixture.ts'

const NOBODY = '01a00000-0000-7000-8000-000000000000'
const ZEEBRUGGE = 'be.customs.zeebrugge'
const SECRET_BOX = 'CSQU3054383'
const [TODAY, SOON, LAST_DAY] = [dayOfWorlds(0), dayOfWorlds(5), dayOfWorlds(10)]
const MONTH = ARRIVAL_DAY.slice(0, 7)
const INDICATOR = 'cargo.clone'

export interface TargetingWorld {
  /** An arrival that Zeebrugge sees in both worlds. */
  readonly ownArrival: string
  /** What only Antwerp has; ids of nothing in the world without it. */
  readonly arrival: string
  readonly rule: string
  readonly watch: string
  readonly proposal: string
  readonly run: string
  readonly score: string
  readonly selection: string
}

export const NO_TARGETING: Omit<TargetingWorld, 'ownArrival'> = {
  arrival: NOBODY,
  rule: NOBODY,
  watch: NOBODY,
  proposal: NOBODY,
  run: NOBODY,
  score: NOBODY,
  selection: NOBODY,
}

const key = () => randomUUID()
const legalBasis = { act: 'Regulation (EU) 952/2013', article: '46' }
const fromEcuador = { op: 'in' as const, col: 'pol', values: ['ECGYE'] }
const ruleOf = (title: string, tests: readonly { readonly arrival: string; readonly expected: 'fires' | 'does-not-fire' }[]) => ({
  title,
  why: 'Findings of last season',
  expression: fromEcuador,
  weight: 120,
  mandatory: false,
  legalBasis,
  validFrom: TODAY,
  validUntil: LAST_DAY,
  reviewOn: SOON,
  tests: [...tests],
})
const watchOf = (title: string, container: string) => ({
  title,
  why: 'Named in a request',
  terms: [{ kind: 'container' as const, value: container }],
  validFrom: TODAY,
  validUntil: LAST_DAY,
  legalBasis,
  case: 'SECRET-CASE',
})

const arrivalsAt = async (client: Client, port: string, show: 'all' | 'mandatory' | 'undecided' = 'all') =>
  (await client.call(listQueue, { port, day: ARRIVAL_DAY, show })).items

/** Arrivals of what both desks hold; those of Zeebrugge have the same ids in both worlds, and so the same order. */
export async function makeArrivals(coalition: TestCoalition): Promise<void> {
  const { services } = coalition.node('be-antwerp')
  await takeArrivals(services)
  await services.database.asWorker(
    'test',
    async (tx) =>
      await sql`update targeting.arrivals set arrival = overlay(overlay(md5(container) placing '4' from 13) placing '8' from 17)::uuid
        where desk = ${ZEEBRUGGE}`.execute(tx),
  )
}

/** What is the same in both worlds. */
export async function openTargeting(coalition: TestCoalition, zeebrugge: Client): Promise<Pick<TargetingWorld, 'ownArrival'>> {
  const lead = await coalition.client('zeebrugge-lead')
  const [first] = await arrivalsAt(zeebrugge, 'BEZEE')
  const ownArrival = first?.arrival ?? ''
  await zeebrugge.call(saveRule, { body: ruleOf('Own rule', [{ arrival: ownArrival, expected: 'fires' }]), key: key() })
  await lead.call(setCapacity, { port: 'BEZEE', day: ARRIVAL_DAY, capacity: 3 })
  await zeebrugge.call(enterWatch, { ...watchOf('Own entry', OWN_CONTAINER), key: key() })
  await coalition.eventually(
    async () => await arrivalsAt(zeebrugge, 'BEZEE', 'mandatory'),
    (rows) => rows.length === 1,
  )
  return { ownArrival }
}

/** What only one of them has. */
export async function secretTargeting(
  coalition: TestCoalition,
  { antwerp, lead }: { readonly antwerp: Client; readonly lead: Client },
): Promise<typeof NO_TARGETING> {
  const arrivals = await arrivalsAt(antwerp, 'BEANR')
  const from = (loading: string): string => arrivals.find((row) => row.loading === loading)?.arrival ?? ''
  const { rule, version } = await antwerp.call(saveRule, {
    body: ruleOf('SECRET rule', [
      { arrival: from('ECGYE'), expected: 'fires' },
      { arrival: from('COBUN'), expected: 'does-not-fire' },
    ]),
    key: key(),
  })
  await antwerp.call(submitRule, { rule, version })
  await lead.call(decideRule, { rule, version, decision: 'release' })
  const { watch } = await antwerp.call(enterWatch, { ...watchOf('SECRET entry', SECRET_BOX), key: key() })
  await antwerp.call(enterWatch, { ...watchOf('SECRET entry on a shared box', OWN_CONTAINER), key: key() })
  const { proposal } = await antwerp.call(proposeIndicator, { indicator: INDICATOR, enabled: false, reason: 'SECRET reason', key: key() })
  const { run } = await antwerp.call(startWhatIf, { expression: fromEcuador, from: TODAY, to: LAST_DAY, key: key() })
  const { version: score } = await lead.call(learnScore, { key: key() })
  await coalition.eventually(
    async () => await arrivalsAt(antwerp, 'BEANR', 'mandatory'),
    (rows) => rows.length >= 1,
  )
  await lead.call(setCapacity, { port: 'BEANR', day: ARRIVAL_DAY, capacity: 3 })
  const { selection } = await antwerp.call(proposeSelection, { port: 'BEANR', day: ARRIVAL_DAY, key: key() })
  const proposed = await arrivalsAt(antwerp, 'BEANR', 'undecided')
  const decisions = proposed.map(({ arrival }) => ({ arrival, decision: 'take' as const }))
  await antwerp.call(decide, { selection, decisions, key: key() })
  await antwerp.call(closeSelection, { selection })
  const arrival = proposed[0]?.arrival ?? ''
  const found = [{ kind: 'cocaine' as const, kilograms: 40, place: 'door-end' as const }]
  await antwerp.call(recordOutcome, { outcomes: [{ arrival, kind: 'found', means: 'opened', found, note: 'SECRET note' }], key: key() })
  return { arrival, rule, watch, proposal, run, score, selection }
}

type Input = Readonly<Record<string, unknown>>
interface Asking {
  readonly targeting: TargetingWorld
}
export type TargetingTries = Readonly<Record<string, (world: Asking) => readonly Input[]>>

const PLACES = [
  { port: 'BEANR', day: ARRIVAL_DAY },
  { port: 'BEZEE', day: ARRIVAL_DAY },
]
const rulesOf = ({ targeting }: Asking): readonly string[] => [targeting.rule, NOBODY]
const arrivalsOf = ({ targeting }: Asking): readonly string[] => [targeting.arrival, targeting.ownArrival, NOBODY]
const selectionsOf = ({ targeting }: Asking): readonly string[] => [targeting.selection, NOBODY]
const testsOf = (world: Asking) => arrivalsOf(world).map((arrival) => ({ arrival, expected: 'fires' as const }))

/** What a viewer would try on each route of the slice: on what is hidden, on what is its own, and on what is nothing. */
export const TARGETING_TRIES: TargetingTries = {
  'targeting.showVocabulary': () => [{}],
  'targeting.listRules': () => [{}, { state: 'released' }, { state: 'draft' }, { running: 'yes' }, { limit: 1 }],
  'targeting.showRule': (world) => rulesOf(world).map((rule) => ({ rule })),
  'targeting.saveRule': (world) => [
    { body: ruleOf('SECRET rule', testsOf(world)), key: key() },
    ...rulesOf(world).map((rule) => ({ rule, body: ruleOf('A guess', []), key: key() })),
  ],
  'targeting.checkRule': (world) => [
    { expression: fromEcuador, tests: testsOf(world) },
    { expression: { op: 'watch', col: 'container' }, tests: testsOf(world) },
    { expression: { op: 'in', col: 'no such column', values: ['X'] } },
  ],
  'targeting.submitRule': (world) => rulesOf(world).map((rule) => ({ rule, version: 1 })),
  'targeting.decideRule': (world) =>
    rulesOf(world).flatMap((rule) => ['release', 'return'].map((decision) => ({ rule, version: 1, decision }))),
  'targeting.withdrawRule': (world) => rulesOf(world).map((rule) => ({ rule, reason: 'a guess' })),
  // One run of its own: a second would be told whether the first goes on.
  'targeting.startWhatIf': () => [
    { expression: fromEcuador, from: LAST_DAY, to: TODAY, key: key() },
    { expression: { op: 'in', col: 'no such column', values: ['X'] }, from: TODAY, to: LAST_DAY, key: key() },
    { expression: fromEcuador, from: TODAY, to: LAST_DAY, key: key() },
  ],
  'targeting.showWhatIf': ({ targeting }) => [{ run: targeting.run }, { run: NOBODY }],
  'targeting.cancelWhatIf': ({ targeting }) => [{ run: targeting.run }, { run: NOBODY }],
  'targeting.listIndicators': () => [{}],
  'targeting.proposeIndicator': () =>
    [INDICATOR, 'no-such-indicator'].map((indicator) => ({ indicator, enabled: false, reason: 'a guess', key: key() })),
  'targeting.decideIndicator': ({ targeting }) =>
    [targeting.proposal, NOBODY].map((proposal) => ({ indicator: INDICATOR, proposal, decision: 'release' })),
  'targeting.listWatches': () => [{}, { state: 'running' }, { limit: 1 }],
  'targeting.showWatch': ({ targeting }) => [{ watch: targeting.watch }, { watch: NOBODY }],
  // What it waits for is no box of its own: its own queue stands still while it is compared.
  'targeting.enterWatch': ({ targeting }) => [
    { ...watchOf('SECRET entry', SECRET_BOX), key: key() },
    ...[targeting.watch, NOBODY].map((renews) => ({ ...watchOf('A guess', SECRET_BOX), renews, key: key() })),
  ],
  'targeting.endWatch': ({ targeting }) => [targeting.watch, NOBODY].map((watch) => ({ watch, reason: 'a guess' })),
  'targeting.listScores': () => [{}],
  'targeting.learnScore': () => [{ key: key() }],
  'targeting.showScore': ({ targeting }) => [{ version: targeting.score }, { version: NOBODY }],
  'targeting.activateScore': ({ targeting }) => [{ version: targeting.score }, { version: NOBODY }],
  'targeting.listPortDays': () => [
    { from: TODAY, to: LAST_DAY },
    { from: TODAY, to: LAST_DAY, port: 'BEANR' },
    { from: TODAY, to: LAST_DAY, port: 'BEZEE' },
    { from: LAST_DAY, to: TODAY },
  ],
  'targeting.listQueue': () =>
    PLACES.flatMap((place) => [
      place,
      ...['mandatory', 'selected', 'undecided', 'taken'].map((show) => ({ ...place, show })),
      { ...place, container: SECRET_BOX },
      { ...place, container: OWN_CONTAINER },
      { ...place, vessel: 'SECRET VESSEL' },
      { ...place, sort: 'eta', limit: 2 },
    ]),
  'targeting.showArrival': (world) => arrivalsOf(world).map((arrival) => ({ arrival })),
  'targeting.setCapacity': () => PLACES.map((place) => ({ ...place, capacity: 2 })),
  'targeting.proposeSelection': () => PLACES.map((place) => ({ ...place, key: key() })),
  'targeting.showSelection': (world) => selectionsOf(world).map((selection) => ({ selection })),
  'targeting.repeatDraw': (world) => selectionsOf(world).map((selection) => ({ selection })),
  'targeting.decide': (world) =>
    selectionsOf(world).flatMap((selection) =>
      arrivalsOf(world).map((arrival) => ({ selection, decisions: [{ arrival, decision: 'take', note: 'a guess' }], key: key() })),
    ),
  'targeting.undoDecision': (world) => selectionsOf(world).map((selection) => ({ selection, arrivals: arrivalsOf(world) })),
  'targeting.closeSelection': (world) => selectionsOf(world).map((selection) => ({ selection })),
  'targeting.listOutcomes': () => [{}, { state: 'overdue' }, { state: 'recorded' }, { port: 'BEANR' }],
  'targeting.recordOutcome': (world) =>
    arrivalsOf(world).map((arrival) => ({ outcomes: [{ arrival, kind: 'nothing', means: 'scanned' }], key: key() })),
  'targeting.listEffectiveness': (world) => [
    { from: MONTH, to: MONTH },
    { from: MONTH, to: MONTH, port: 'BEANR', by: 'port-month' },
    ...rulesOf(world).map((rule) => ({ from: MONTH, to: MONTH, rule })),
  ],
  'targeting.listReviews': () => [{}],
  'targeting.answerReview': (world) =>
    rulesOf(world).flatMap((rule) => ['keep', 'retire'].map((answer) => ({ rule, version: 1, answer, reason: 'a guess' }))),
  'targeting.showSenderReport': () => [
    { month: MONTH },
    { month: MONTH, authority: 'ec.pcu' },
    { month: TODAY.slice(0, 7), authority: 'be.customs' },
  ],
}
