/**
 * Intake for the two worlds. In both, Zeebrugge holds a message that was answered, a table and a ship for its own port. In one of them Antwerp also holds a ship with the
 * same boxes, has saved how a table with the same headers is read, and lets a machine deliver. Nothing of that may reach anybody else, by whatever route.
 */
import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  type DeclarationMapping,
  listDeclarationMappings,
  listDocuments,
  listReroutes,
  openChannel,
  proposeDeclarationMapping,
  readWithMapping,
  uploadDocument,
} from '#modules/cargo/contract'
import type { Client } from '../../src/app/client.ts'
import { printBaplie } from '../../src/modules/cargo/generator/print-baplie.ts'
import { printCuscar } from '../../src/modules/cargo/generator/print-consignments.ts'
import { printInterchange } from '../../src/modules/cargo/generator/print-interchange.ts'
import { type GeneratedVoyage, generateVoyage } from '../../src/modules/cargo/generator/voyage.ts'
import type { TestCoalition } from '../../src/testing/coalition.ts'
import { box, draftOf, issueAndWait } from '../stories/draft.ts'
import { dayOfWorlds } from './worlds-begin.fixture.ts'

const NOBODY = '01a00000-0000-7000-8000-000000000000'
const NO_DOCUMENT = 'e'.repeat(64)
const SECRET_VESSEL = { name: 'SECRET VESSEL', imo: '9074729', callSign: 'SECR1' }
const OWN_VESSEL = { name: 'OWN VESSEL', imo: '9166778', callSign: 'OWNV1' }
const BOXES = 6
/** A box that the ship of Antwerp alone carries. */
const SECRET_BOX = 'CSQU3054383'

/** Day on which both ships arrive. */
export const ARRIVAL_DAY = dayOfWorlds(3)

export interface CargoWorld {
  /** Documents that Zeebrugge holds in both worlds, by their digest. */
  readonly ownMessage: string
  readonly ownTable: string
  readonly ownPlan: string
  /** What only Antwerp has; ids of nothing in the world without it. */
  readonly channel: string
  readonly mapping: string
  readonly plan: string
  /** An alert of which a document of Antwerp says that the box goes elsewhere, and that prompt. */
  readonly rerouted: string
  readonly reroute: string
}

export const NO_CARGO: Omit<CargoWorld, 'ownMessage' | 'ownTable' | 'ownPlan'> = {
  channel: NOBODY,
  mapping: NOBODY,
  plan: 'f'.repeat(64),
  rerouted: NOBODY,
  reroute: 'f'.repeat(40),
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A ship with six boxes for one port, two of them from Colombia. The same boxes for every port. */
function shipTo(port: string, vessel: GeneratedVoyage['vessel']): GeneratedVoyage {
  const day = ARRIVAL_DAY.replaceAll('-', '')
  const times = {
    prepared: `${day}0100`,
    gateIn: `${day}0200`,
    loaded: `${day}0300`,
    departs: `${day}0400`,
    transhipped: `${day}1000`,
    arrives: `${day}1200`,
  }
  const voyage = generateVoyage({ seed: 41, containers: BOXES, times })
  return {
    ...voyage,
    vessel,
    nextPort: port,
    boxes: voyage.boxes.map((box, at) => ({
      ...box,
      isFull: true,
      loading: at < 2 ? 'COBUN' : 'ECGYE',
      transhipment: undefined,
      discharge: port,
      delivery: port,
      reportedDischarge: port,
    })),
  }
}

const OWN_SHIP = shipTo('BEZEE', OWN_VESSEL)
/** A box that Zeebrugge holds in both worlds. */
export const OWN_CONTAINER = OWN_SHIP.boxes[0]?.container ?? ''

function filesOf(ship: GeneratedVoyage): Uint8Array {
  const heading = { sender: 'GENERATED', recipient: 'CUSTOMS', prepared: ship.times.prepared, reference: 'TWOWORLDS' }
  return printInterchange(heading, [printBaplie(ship, 'D15A', 'P1'), printCuscar(ship, 'D03B', { reference: 'M1' })])
}

const SECRET_SHIP = shipTo('BEANR', SECRET_VESSEL)
const ELSEWHERE = { discharge: 'NLRTM', delivery: 'NLRTM', reportedDischarge: 'NLRTM' }
/** What only Antwerp took in, as it came: one box is another, and one goes to another port than an alert says. */
export const SECRET_PLAN = filesOf({
  ...SECRET_SHIP,
  boxes: SECRET_SHIP.boxes.map((box, at) =>
    at === 0 ? { ...box, container: SECRET_BOX } : at === BOXES - 1 ? { ...box, ...ELSEWHERE } : box,
  ),
})

/** Headers of a table and its first row. */
function beginningOf(table: Uint8Array): Uint8Array {
  return Buffer.from(`${Buffer.from(table).toString().split('\n').slice(0, 2).join('\n')}\n`)
}

async function allRead(coalition: TestCoalition, client: Client): Promise<void> {
  await coalition.eventually(
    async () => (await client.call(listDocuments, {})).items,
    (items) => items.length > 0 && items.every(({ state }) => state === 'read' || state === 'refused'),
  )
}

/** Signals are raised behind the answer: whoever compares begins when that work is done. */
export async function signalsRaised(coalition: TestCoalition, desk: string): Promise<void> {
  await coalition.eventually(
    async () =>
      await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
        const { rows } = await sql<{ container: string }>`
          select container from cargo.equipment where desk = ${desk} union select unnest(containers) from cargo.consignments where desk = ${desk}
          except select subject from cargo.evaluations where desk = ${desk} and subject_kind = 'container'`.execute(tx)
        return rows.length
      }),
    (missing) => missing === 0,
  )
}

/** What Zeebrugge holds in both worlds, even where Antwerp holds the same message. */
export async function openCargo(
  coalition: TestCoalition,
  zeebrugge: Client,
  { message, table }: { readonly message: Uint8Array; readonly table: Uint8Array },
): Promise<Pick<CargoWorld, 'ownMessage' | 'ownTable' | 'ownPlan'>> {
  const [ownTable, ownPlan] = [beginningOf(table), filesOf(OWN_SHIP)]
  for (const [name, bytes] of [
    ['own.edi', message],
    ['own.csv', ownTable],
    ['own-plan.edi', ownPlan],
  ] as const)
    await zeebrugge.upload(uploadDocument, { name }, bytes)
  await allRead(coalition, zeebrugge)
  await signalsRaised(coalition, 'be.customs.zeebrugge')
  return { ownMessage: digestOf(message), ownTable: digestOf(ownTable), ownPlan: digestOf(ownPlan) }
}

export interface SecretCargo {
  readonly guayaquil: Client
  readonly antwerp: Client
  readonly lead: Client
  /** A table of declarations that Antwerp holds. */
  readonly table: string
}

/** What only one of them has. */
export async function secretCargo(coalition: TestCoalition, { guayaquil, antwerp, lead, table }: SecretCargo): Promise<typeof NO_CARGO> {
  const draft = draftOf(coalition, { subject: box(SECRET_SHIP.boxes.at(-1)?.container ?? ''), bill: 'SECRETBL02' })
  const rerouted = await issueAndWait(coalition, draft, { from: guayaquil, seenBy: [antwerp] })
  await antwerp.upload(uploadDocument, { name: 'secret-plan.edi' }, SECRET_PLAN)
  const { proposed } = await antwerp.call(proposeDeclarationMapping, { document: table })
  await antwerp.call(readWithMapping, { document: table, mapping: turned(proposed), saveAs: 'SECRET mapping' })
  const { items } = await antwerp.call(listDeclarationMappings, {})
  const { channel } = await lead.call(openChannel, { title: 'SECRET channel', days: 5 })
  await allRead(coalition, antwerp)
  await signalsRaised(coalition, 'be.customs.antwerp')
  const reroutes = await coalition.eventually(
    async () => (await antwerp.call(listReroutes, { alert: rerouted })).items,
    (seen) => seen.length > 0,
  )
  return { channel, mapping: items[0]?.mapping ?? '', plan: digestOf(SECRET_PLAN), rerouted, reroute: reroutes[0]?.reroute ?? '' }
}

/** Sender and receiver the other way round: whoever read by it would see it. */
function turned(mapping: DeclarationMapping): DeclarationMapping {
  const { consignor, consignee, ...columns } = mapping.columns
  if (consignor === undefined || consignee === undefined) throw new Error('The table names its parties.')
  return { ...mapping, columns: { ...columns, consignor: consignee, consignee: consignor } }
}

type Input = Readonly<Record<string, unknown>>
interface Asking {
  readonly cargo: CargoWorld
  /** A table and an alert that only Antwerp holds. */
  readonly document: string
  readonly alert: string
}
export type CargoTries = Readonly<Record<string, (world: Asking) => readonly Input[]>>

const GUESS = { delimiter: ',', columns: { declaration: 'declaration', container: 'container', consignor: 'consignor', pol: 'pol' } }
const everyDocument = ({ cargo, document }: Asking): readonly string[] => [
  document,
  cargo.plan,
  cargo.ownMessage,
  cargo.ownTable,
  NO_DOCUMENT,
]

const answersOf = (document: string): readonly Input[] => [1, 2].map((ordinal) => ({ document, ordinal }))

/** What a viewer would try on the routes of intake and of what was taken in. */
export const CARGO_TRIES: CargoTries = {
  'cargo.listAnswers': (world) => [{}, { verdict: 'rejected', state: 'unsent' }, ...everyDocument(world).map((document) => ({ document }))],
  'cargo.showAnswer': (world) => everyDocument(world).flatMap(answersOf),
  'cargo.explainAnswer': (world) => everyDocument(world).flatMap(answersOf),
  // Nor is its own answer noted as sent.
  'cargo.noteAnswerSent': ({ cargo, document }) => [document, cargo.plan, NO_DOCUMENT].flatMap(answersOf),
  'cargo.listDeclarationMappings': () => [{}],
  'cargo.proposeDeclarationMapping': (world) => everyDocument(world).map((document) => ({ document })),
  'cargo.tryDeclarationMapping': (world) => everyDocument(world).map((document) => ({ document, mapping: GUESS })),
  // Its own table is not read again: what it holds stands still while it is compared.
  'cargo.readWithMapping': ({ cargo, document }) => [
    ...[document, cargo.plan, NO_DOCUMENT].map((each) => ({ document: each, mapping: GUESS, saveAs: 'SECRET mapping' })),
    { document: cargo.ownTable, mapping: { delimiter: ',', columns: { declaration: 'no such header' } }, saveAs: 'SECRET mapping' },
  ],
  'cargo.openChannel': () => [
    { title: 'SECRET channel', days: 5 },
    { title: 'Mine', days: 5 },
  ],
  'cargo.listChannels': () => [{}],
  'cargo.rotateChannel': ({ cargo }) => [cargo.channel, NOBODY].map((channel) => ({ channel, days: 5 })),
  'cargo.closeChannel': ({ cargo }) => [{ channel: cargo.channel }, { channel: NOBODY }],
  'cargo.showDropFolder': () => [{}],
  'cargo.deliverDocument': () => [{ name: 'guess.edi' }],
}

/** And on the pages of one box and of a ship. */
export const CARGO_PAGE_TRIES: CargoTries = {
  'cargo.showLife': () => [SECRET_BOX, OWN_CONTAINER, 'MSCU6639870'].map((container) => ({ container })),
  'cargo.listVessels': () => [{}, { text: 'SECRET' }, { text: SECRET_VESSEL.imo }, { text: 'OWN' }, { limit: 1 }],
  'cargo.showVessel': () => [SECRET_VESSEL.imo, SECRET_VESSEL.name, OWN_VESSEL.imo, '-'].map((vessel) => ({ vessel })),
  'cargo.showStowage': ({ cargo, document }) => [
    ...[cargo.plan, cargo.ownPlan, document, NO_DOCUMENT].map((each) => ({ document: each, message: 1 })),
    { document: cargo.ownPlan, message: 2 },
  ],
}

const alertsOf = ({ cargo, alert }: Asking): readonly string[] => [alert, cargo.rerouted, NOBODY]
const reroutesOf = ({ cargo }: Asking): readonly Input[] =>
  [cargo.rerouted, NOBODY].map((alert) => ({ alert, reroute: cargo.reroute })).concat([{ alert: cargo.rerouted, reroute: 'e'.repeat(40) }])
const MONTH = ARRIVAL_DAY.slice(0, 7)

/** And on what became of alerts: as they were sent, where their boxes go now, and how they ended. */
export const CARGO_ALERT_TRIES: CargoTries = {
  'cargo.listAlertViews': (world) => alertsOf(world).map((alert) => ({ alert })),
  'cargo.exportAlert': (world) =>
    alertsOf(world).flatMap((alert) => ['ics2', 'csv', 'signed'].map((form) => ({ alert, recipient: 'be.customs.antwerp', form }))),
  'cargo.listReroutes': (world) => [{}, { state: 'open' }, ...alertsOf(world).map((alert) => ({ alert }))],
  'cargo.confirmReroute': (world) =>
    reroutesOf(world).map((each) => ({ ...each, legs: [{ role: 'discharge', place: 'NLRTM' }], key: randomUUID() })),
  'cargo.dismissReroute': (world) => reroutesOf(world).map((each) => ({ ...each, reason: 'a guess' })),
  'cargo.tellReroute': (world) => reroutesOf(world),
  'cargo.listOverdue': () => [{}, { place: 'BEANR' }, { place: 'BEZEE' }],
  'cargo.alertFeedback': () => [{}, { from: `${MONTH}-01`, until: `${MONTH}-28` }],
  'cargo.listAlertReports': () => [{}],
  'cargo.showAlertReport': () => [{ month: MONTH }],
}
