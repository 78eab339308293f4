/**
 * The supply-chain alliance for the two worlds. In both, Antwerp has vetted the terminal and its partners, and the terminal has discharged a box. In one of them that box and
 * another are released along the chain, customs decides about them, a partner reports an incident and somebody reports without a name. The terminal learns none of it.
 */
import { randomUUID } from 'node:crypto'
import {
  answerIncident,
  answerIntegrityReport,
  changePartner,
  enterCode,
  invitePartner,
  listIntegrityReports,
  orderTransport,
  type PartnerKind,
  preNotify,
  releaseRight,
  reportIncident,
  reportMove,
  sendMessages,
  setCustomsState,
  showMessageFile,
  showRight,
  submitIntegrityReport,
  transferRight,
  uploadMessageFile,
} from '#modules/alliance/contract'
import type { Client } from '../../src/app/client.ts'
import type { TestCoalition, TestCoalitionOptions } from '../../src/testing/coalition.ts'

const NODE = 'be-antwerp'
const NOBODY = '01a00000-0000-7000-8000-000000000000'
const NO_RIGHT_ID = '0'.repeat(32)
const DAY_MS = 86_400_000
const TERMINAL = 'be.terminal.antwerp.operations'
const INTEGRITY = 'be.integrity.operations'
const FIRMS: Readonly<Record<string, PartnerKind>> = { line: 'line', forwarder: 'forwarder', agent: 'forwarder', haulier: 'haulier' }
const firmOf = (account: string): string => `be.${account}.operations`

/** Released along a chain in one world; nothing in the other. */
const SECRET_RIGHT = { container: 'CSQU3054383', voyage: 'SECRET 1N', port: 'BEANR' }
/** Discharged by the terminal in both; what others do with it is in one of them. */
const OPEN_RIGHT = { container: 'MSCU6639870', voyage: 'OPEN 1N', port: 'BEANR' }
const NO_RIGHT = { container: 'TGHU7654321', voyage: 'NONE 1N', port: 'BEANR' }
const TRUCK = { vehicle: '1-SECRET-1', driver: 'SECRET-DRIVER' }

export interface AllianceWorld {
  /** What only Antwerp and those concerned have; ids of nothing in the world without it. */
  readonly right: string
  readonly incident: string
  readonly report: string
  readonly code: string
  readonly file: string
}

export const NO_ALLIANCE: AllianceWorld = { right: NO_RIGHT_ID, incident: NOBODY, report: NOBODY, code: NOBODY, file: NOBODY }

/** Partners of the port and a desk that takes integrity reports, on the node of Antwerp; and somebody at Zeebrugge who may what only a head of a desk may. */
export const ALSO: NonNullable<TestCoalitionOptions['also']> = {
  orgs: [...Object.keys(FIRMS), 'integrity'].map((account) => ({
    id: `be.${account}`,
    name: `Firm ${account}`,
    kind: account === 'integrity' ? ('police' as const) : ('service-provider' as const),
    realm: account === 'integrity' ? ('law-enforcement' as const) : ('partner' as const),
    country: 'BE',
    thirdCountry: false,
    units: [
      {
        id: firmOf(account),
        name: `Firm ${account}, operations`,
        services: account === 'integrity' ? ['alliance.integrity'] : [],
        places: account === 'integrity' ? ['BEANR'] : [],
        purposes: [account === 'integrity' ? 'customs-control' : 'port-security'],
        zone: 'Europe/Brussels',
        calendar: 'BE',
      },
    ],
  })),
  nodes: {
    [NODE]: {
      orgs: [...Object.keys(FIRMS), 'integrity'].map((account) => `be.${account}`),
      officers: [
        ...Object.keys(FIRMS).map((account) => ({
          account,
          name: `Clerk of ${account}`,
          roles: ['partner'] as const,
          desk: firmOf(account),
        })),
        { account: 'integrity', name: 'Officer of the integrity desk', roles: ['officer'], desk: INTEGRITY },
        { account: 'zeebrugge-lead', name: 'Head of targeting Zeebrugge', roles: ['supervisor'], desk: 'be.customs.zeebrugge' },
      ],
    },
  },
}

const key = () => randomUUID()

/** What is the same in both worlds. */
export async function openAlliance(coalition: TestCoalition, antwerp: Client): Promise<void> {
  const lead = await coalition.client('antwerp-lead')
  const partners = [...Object.entries(FIRMS).map(([account, kind]) => [firmOf(account), kind] as const), [TERMINAL, 'terminal'] as const]
  for (const [desk, kind] of partners) {
    const { version } = await antwerp.call(invitePartner, {
      desk,
      kind,
      criteria: ['register-entry'],
      basis: 'Arrangement of the port',
      evidence: 'Register, visit',
      expiresAt: new Date(coalition.clock.now().getTime() + 365 * DAY_MS).toISOString(),
      key: key(),
    })
    await lead.call(changePartner, { desk, change: 'confirm', reason: 'Looked through the file', version })
  }
  const terminal = await coalition.client('terminal')
  await terminal.call(reportMove, { ...OPEN_RIGHT, move: 'discharged', at: coalition.clock.now().toISOString(), key: key() })
}

/** What only one of them has. */
export async function secretAlliance(coalition: TestCoalition, antwerp: Client): Promise<AllianceWorld> {
  const [line, forwarder, agent, haulier] = [
    await coalition.client('line'),
    await coalition.client('forwarder'),
    await coalition.client('agent'),
    await coalition.client('haulier'),
  ]
  const now = coalition.clock.now()
  const plannedAt = new Date(now.getTime() + DAY_MS).toISOString()
  for (const name of [SECRET_RIGHT, OPEN_RIGHT]) {
    await line.call(releaseRight, { ...name, to: firmOf('forwarder'), key: key() })
    await forwarder.call(transferRight, { ...name, to: firmOf('agent'), key: key() })
    await agent.call(orderTransport, { ...name, haulier: firmOf('haulier'), key: key() })
    await haulier.call(preNotify, { ...name, ...TRUCK, plannedAt, key: key() })
  }
  // Another forwarder reaches for it: the ledger refuses and raises a signal.
  await forwarder.call(orderTransport, { ...SECRET_RIGHT, haulier: firmOf('haulier'), key: key() }).catch(() => undefined)
  await forwarder.call(showRight, SECRET_RIGHT)
  await line.call(sendMessages, {
    messages: [
      { ...SECRET_RIGHT, kind: 'foreign-code', reference: 'SECRET-REF', at: now.toISOString(), system: 'SECRET', event: 'exists' },
    ],
  })
  const { right } = await antwerp.call(setCustomsState, { ...SECRET_RIGHT, state: 'hold', until: plannedAt, key: key() })
  await antwerp.call(setCustomsState, { ...OPEN_RIGHT, state: 'selected', key: key() })
  const happened = { kind: 'staff-approached', port: 'BEANR', happenedAt: now.toISOString(), text: 'SECRET of the gate' } as const
  const { incident } = await line.call(reportIncident, { ...happened, privilegeWarningRead: true, key: key() })
  await antwerp.call(answerIncident, { incident, text: 'SECRET answer', close: false, version: 0 })
  // A renewal that waits for its second officer is nobody's business but that of the desk that vets.
  await antwerp.call(invitePartner, {
    desk: TERMINAL,
    kind: 'terminal',
    criteria: ['register-entry', 'staff-screening'],
    basis: 'SECRET basis',
    evidence: 'SECRET evidence',
    expiresAt: new Date(now.getTime() + 700 * DAY_MS).toISOString(),
    key: key(),
  })
  const report = await secretReport(await coalition.client('integrity'), antwerp)
  return { right, incident, report, ...(await secretMessages(coalition, { line, antwerp })) }
}

/** A code that Antwerp entered, and a file that the line brought. */
async function secretMessages(
  coalition: TestCoalition,
  { line, antwerp }: { readonly line: Client; readonly antwerp: Client },
): Promise<{ readonly code: string; readonly file: string }> {
  const [from, until] = [coalition.clock.now(), new Date(coalition.clock.now().getTime() + 30 * DAY_MS)].map((each) => each.toISOString())
  const named = { list: '172:20', value: 'SECRETCODE', desk: firmOf('line'), from: from ?? '', until: until ?? '', key: key() }
  const { code } = await antwerp.call(enterCode, named)
  const segments = [
    'BGM+129+SECRET+9',
    'TDT+20+SECRET 1N',
    'LOC+11+BEANR',
    'NAD+FW+SECRETCODE:172:20',
    `EQD+CN+${SECRET_RIGHT.container}+45R1++3+5`,
  ]
  const message = ['UNB+UNOA:2+A+B+261126:0800+1', 'UNH+1+COREOR:D:00B:UN', ...segments, `UNT+${segments.length + 2}+1`, 'UNZ+1+1', '']
  const { file } = await line.upload(uploadMessageFile, { name: 'secret.edi' }, Buffer.from(message.join("'")))
  await coalition.eventually(
    async () => await line.call(showMessageFile, { file }),
    (shown) => shown.file.state === 'read',
  )
  return { code, file }
}

async function secretReport(integrity: Client, anybody: Client): Promise<string> {
  await anybody.call(submitIntegrityReport, { desk: INTEGRITY, kind: 'bribery', text: 'SECRET: somebody at the gate takes money.' })
  const { items } = await integrity.call(listIntegrityReports, {})
  const [report] = items
  if (report === undefined) throw new Error('The integrity desk has its report.')
  const { version } = report
  await integrity.call(answerIntegrityReport, { report: report.report, text: 'SECRET question', state: 'acknowledged', version })
  return report.report
}

type Input = Readonly<Record<string, unknown>>
interface Asking {
  readonly alliance: AllianceWorld
  readonly coalition: TestCoalition
}
export type AllianceTries = Readonly<Record<string, (world: Asking) => readonly Input[]>>

const NAMES = [SECRET_RIGHT, OPEN_RIGHT, NO_RIGHT]
const ELSEWHERE = { ...SECRET_RIGHT, port: 'BEZEE' }
const onEach =
  (more: Input = {}) =>
  (): readonly Input[] =>
    [...NAMES, ELSEWHERE].map((name) => ({ ...name, ...more, key: key() }))
const at = ({ coalition }: Asking): string => coalition.clock.now().toISOString()
const inDays = ({ coalition }: Asking, days: number): string => new Date(coalition.clock.now().getTime() + days * DAY_MS).toISOString()

/** What a viewer would try on each route of the slice: on a right that is hidden, one of which it has a part, and one that is nothing. */
export const ALLIANCE_TRIES: AllianceTries = {
  'alliance.listRights': () => [{}, { container: SECRET_RIGHT.container }, { container: 'M' }, { open: 'yes' }, { limit: 1 }],
  'alliance.showRight': () => [...NAMES, ELSEWHERE, { ...SECRET_RIGHT, container: 'csqu 305438-3' }, { ...SECRET_RIGHT, port: 'XXXXX' }],
  'alliance.releaseRight': onEach({ to: firmOf('forwarder') }),
  'alliance.transferRight': onEach({ to: firmOf('forwarder') }),
  'alliance.orderTransport': onEach({ haulier: firmOf('haulier') }),
  'alliance.preNotify': (world) => onEach({ ...TRUCK, plannedAt: inDays(world, 1) })(),
  'alliance.matchGate': () => [...onEach(TRUCK)(), ...onEach({ vehicle: '1-GUESS-1', driver: 'GUESS' })()],
  'alliance.reportMove': (world) =>
    ['moved', 'gated-out'].flatMap((move) => onEach({ move, at: new Date(Date.parse(at(world)) - 60_000).toISOString() })()),
  'alliance.revokeByLine': onEach(),
  'alliance.findParties': () => [
    { kind: 'haulier', name: 'haul' },
    { kind: 'forwarder', name: 'firm' },
    { kind: 'forwarder', name: 'secret' },
  ],
  'alliance.sendMessages': (world) =>
    [SECRET_RIGHT, NO_RIGHT].map((name) => ({
      messages: [
        { ...name, kind: 'transferred', to: firmOf('forwarder'), at: at(world) },
        { ...name, kind: 'pre-notified', ...TRUCK, plannedAt: inDays(world, 1), at: at(world) },
        { ...name, kind: 'foreign-code', system: 'X', event: 'read', at: at(world) },
        { ...name, kind: 'revoked', at: at(world) },
        { ...name, kind: 'moved', at: at(world) },
        {
          ...name,
          kind: 'transferred',
          to: firmOf('forwarder'),
          at: at(world),
          after: { sender: firmOf('line'), reference: 'SECRET-REF' },
        },
        { ...name, kind: 'moved', at: at(world), after: { sender: firmOf('line'), reference: 'NO-REF' } },
        { ...name, kind: 'released' },
      ].map((message, place) => ({ ...message, reference: `${name.voyage} ${place}` })),
    })),
  'alliance.uploadMessageFile': () => [{ name: 'guess.edi' }],
  'alliance.listMessageFiles': () => [{}, { limit: 1 }],
  'alliance.showMessageFile': ({ alliance }) => [
    { file: alliance.file },
    { file: NOBODY },
    { file: alliance.file, outcome: 'quarantined' },
  ],
  'alliance.listCodes': () => [{}, { value: 'SECRETCODE' }, { state: 'entered' }, { limit: 1 }],
  'alliance.enterCode': (world) =>
    [firmOf('line'), firmOf('haulier'), 'be.nowhere.operations'].map((desk) => ({
      list: '172:20',
      value: 'SECRETCODE',
      desk,
      from: at(world),
      until: inDays(world, 30),
      key: key(),
    })),
  'alliance.changeCode': ({ alliance }) =>
    [alliance.code, NOBODY].flatMap((code) => (['confirm', 'end'] as const).map((change) => ({ code, change, reason: 'a guess' }))),
  'alliance.listChains': () => [{}, { container: SECRET_RIGHT.container }, { port: 'BEANR' }, { signalled: 'yes' }, { stage: 'ordered' }],
  'alliance.showChain': ({ alliance }) => [{ right: alliance.right }, { right: NO_RIGHT_ID }],
  'alliance.listSignals': () => [{}, { detector: 'L4' }, { limit: 1 }],
  'alliance.setCustomsState': (world) => [
    ...onEach({ state: 'clear' })(),
    ...onEach({ state: 'hold', until: inDays(world, 2) })(),
    { ...SECRET_RIGHT, state: 'hold', key: key() },
  ],
  'alliance.revokeByAuthority': ({ alliance }) =>
    [alliance.right, NO_RIGHT_ID].map((right) => ({ right, by: 'customs', legalBasisText: 'a guess', key: key() })),
  'alliance.listPartners': () => [{}, { state: 'active' }, { kind: 'haulier' }, { limit: 1 }],
  'alliance.invitePartner': (world) =>
    [firmOf('haulier'), TERMINAL, 'be.nowhere.operations'].map((desk) => ({
      desk,
      kind: 'haulier',
      criteria: ['register-entry'],
      basis: 'a guess',
      evidence: 'a guess',
      expiresAt: inDays(world, 30),
      key: key(),
    })),
  'alliance.changePartner': () =>
    [firmOf('line'), firmOf('haulier'), TERMINAL, 'be.nowhere.operations'].flatMap((desk) =>
      (['confirm', 'withdraw'] as const).map((change) => ({ desk, change, reason: 'a guess', version: 2 })),
    ),
  'alliance.showStanding': () => [{}],
  'alliance.reportIncident': (world) =>
    ['BEANR', 'BEZEE', 'XXXXX'].map((port) => ({
      kind: 'seal',
      port,
      container: SECRET_RIGHT.container,
      happenedAt: at(world),
      text: 'The seal of a box was broken.',
      privilegeWarningRead: true,
      key: key(),
    })),
  'alliance.listIncidents': () => [{}, { state: 'acknowledged' }, { limit: 1 }],
  'alliance.showIncident': ({ alliance }) => [{ incident: alliance.incident }, { incident: NOBODY }],
  'alliance.answerIncident': ({ alliance }) =>
    [alliance.incident, NOBODY].map((incident) => ({ incident, text: 'a guess', close: true, version: 1 })),
  'alliance.integrityDesks': () => [{}],
  // Few, because what comes from one address is counted.
  'alliance.submitIntegrityReport': () => [
    { desk: INTEGRITY, kind: 'other', text: 'Something is not right at the gate.' },
    { desk: 'be.customs.antwerp', kind: 'other', text: 'Something is not right at the gate.' },
  ],
  'alliance.readReceipt': () => [{ receipt: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA' }, { receipt: 'no receipt' }],
  'alliance.addToReport': () => [{ receipt: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', text: 'Something more about the gate.' }],
  'alliance.listIntegrityReports': () => [{}, { state: 'acknowledged' }],
  'alliance.showIntegrityReport': ({ alliance }) => [{ report: alliance.report }, { report: NOBODY }],
  'alliance.answerIntegrityReport': ({ alliance }) =>
    [alliance.report, NOBODY].map((report) => ({ report, text: 'a guess', state: 'closed', version: 2 })),
}
