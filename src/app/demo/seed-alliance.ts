/**
 * The alliance of the port: firms vetted by two officers until a day, a box that was collected, one whose release is on its way, one that a haulier without an
 * order wants to collect, and a report to the integrity desk by somebody who gives no name.
 */
import { randomUUID } from 'node:crypto'
import {
  changePartner,
  integrityDesks,
  invitePartner,
  listAllianceSignals,
  matchGate,
  orderTransport,
  type PartnerKind,
  preNotify,
  releaseRight,
  reportMove,
  setCustomsState,
  submitIntegrityReport,
} from '#modules/alliance/contract'
import { CallRefused, type Client } from '../client.ts'
import type { Waiting } from './eventually.ts'
import { partnerDesk } from './port-community.ts'

const HOUR = 3_600_000
const PORT = 'BEANR'
const VETTED_DAYS = 360
const GENERATED = 'Generated for the demonstration.'

const KINDS: Readonly<Record<string, PartnerKind>> = {
  terminal: 'terminal',
  line: 'line',
  forwarder: 'forwarder',
  haulier: 'haulier',
  'other-haulier': 'haulier',
}

interface PortAlliance {
  readonly antwerp: Client
  readonly lead: Client
  /** A clerk of a partner firm. */
  readonly partner: (account: string) => Client
  /** Somebody without a session. */
  readonly anybody: Client
}

export interface BoxOfVoyage {
  readonly container: string
  readonly voyage: string
}

interface SeedAlliance {
  readonly now: () => Date
  /** Boxes for the port, with their voyage as line and terminal write it. */
  readonly collected: BoxOfVoyage
  readonly onItsWay: BoxOfVoyage
  readonly wanted: BoxOfVoyage
  readonly eventually: Waiting
}

export async function seedAlliance(people: PortAlliance, seed: SeedAlliance): Promise<void> {
  await vetPartners(people, seed.now)
  const { collected, onItsWay, wanted, now } = seed
  const planned = (vehicle: string) => ({ vehicle, driver: 'GENERATED-1', plannedAt: new Date(now().getTime() + 8 * HOUR).toISOString() })
  for (const box of [collected, onItsWay, wanted]) await releaseToHaulier(people, box, now)
  await collect(people, { box: collected, truck: planned('1-GEN-001'), now })
  await people.partner('haulier').call(preNotify, { ...onItsWay, port: PORT, ...planned('1-GEN-001'), key: randomUUID() })
  // Nobody ordered this haulier: the ledger refuses, tells it nothing, and a signal tells the authority.
  await people
    .partner('other-haulier')
    .call(preNotify, { ...wanted, port: PORT, ...planned('1-GEN-002'), key: randomUUID() })
    .then(
      () => {
        throw new Error('The ledger took a haulier that nobody ordered.')
      },
      (error: unknown) => {
        if (!(error instanceof CallRefused) || error.status !== 404) throw error
      },
    )
  await seed.eventually(
    async () => (await people.antwerp.call(listAllianceSignals, {})).items,
    (items) => items.some(({ container }) => container === wanted.container),
  )
  await reportWithoutName(people.anybody)
}

/** Invited by one officer and confirmed by another; each vetting ends by itself. */
async function vetPartners({ antwerp, lead }: PortAlliance, now: () => Date): Promise<void> {
  const expiresAt = new Date(now().getTime() + VETTED_DAYS * 24 * HOUR).toISOString()
  for (const [account, kind] of Object.entries(KINDS)) {
    const desk = partnerDesk(account)
    const { version } = await antwerp.call(invitePartner, {
      desk,
      kind,
      criteria: ['register-entry', 'ownership-known', 'named-contact'],
      basis: 'Arrangement of the port community',
      evidence: `Register of companies and a visit. ${GENERATED}`,
      expiresAt,
      key: randomUUID(),
    })
    await lead.call(changePartner, { desk, change: 'confirm', reason: `Looked through the file. ${GENERATED}`, version })
  }
}

async function releaseToHaulier({ antwerp, partner }: PortAlliance, box: BoxOfVoyage, now: () => Date): Promise<void> {
  const name = { ...box, port: PORT }
  const at = now().toISOString()
  await partner('terminal').call(reportMove, { ...name, move: 'discharged', line: partnerDesk('line'), at, key: randomUUID() })
  await antwerp.call(setCustomsState, { ...name, state: 'clear', key: randomUUID() })
  await partner('line').call(releaseRight, { ...name, to: partnerDesk('forwarder'), key: randomUUID() })
  await partner('forwarder').call(orderTransport, { ...name, haulier: partnerDesk('haulier'), key: randomUUID() })
}

interface Collection {
  readonly box: BoxOfVoyage
  readonly truck: { readonly vehicle: string; readonly driver: string; readonly plannedAt: string }
  readonly now: () => Date
}

async function collect({ partner }: PortAlliance, { box, truck, now }: Collection): Promise<void> {
  const name = { ...box, port: PORT }
  const { vehicle, driver } = truck
  await partner('haulier').call(preNotify, { ...name, ...truck, key: randomUUID() })
  const { yes } = await partner('terminal').call(matchGate, { ...name, vehicle, driver, key: randomUUID() })
  if (!yes) throw new Error('The gate does not know the truck that was announced.')
  await partner('terminal').call(reportMove, { ...name, move: 'gated-out', at: now().toISOString(), key: randomUUID() })
}

async function reportWithoutName(anybody: Client): Promise<void> {
  const [desk] = (await anybody.call(integrityDesks, {})).items
  if (desk === undefined) throw new Error('No desk takes integrity reports.')
  // The receipt is for whoever reports: nobody keeps it here.
  await anybody.call(submitIntegrityReport, {
    desk: desk.desk,
    kind: 'access-sold',
    text: `Somebody offers money for the times of the gate of one quay. ${GENERATED}`,
  })
}
