/**
 * The first story, told step by step against running nodes: a suspicious container, from Guayaquil to Antwerp before gate-out.
 * It speaks to the nodes as people do, through their API, and stops at the first step that does not hold.
 */
import {
  issueAlert,
  listAlerts,
  listDocuments,
  listEquipment,
  listPortActions,
  moveAlert,
  movePortAction,
  requestPortAction,
  showAlert,
  showContainer,
  uploadDocument,
} from '#modules/cargo/contract'
import { replayLog, verifyLog } from '#modules/oversight/contract'
import { listWork } from '#modules/procedures/contract'
import { CallRefused, type Client } from '../client.ts'
import { chooseBox, draftFor, storyDocuments } from './story-documents.ts'

export interface Cast {
  readonly guayaquil: Client
  readonly algeciras: Client
  readonly antwerp: Client
  readonly zeebrugge: Client
  readonly terminal: Client
  readonly antwerpDpo: Client
}

export interface StoryHooks {
  /** Called before each step with its name, so that a test can kill a node at a chosen moment. */
  readonly before?: (step: string) => Promise<void>
  readonly tell: (line: { readonly step: string; readonly says: string; readonly ms: number }) => void
  readonly eventually: <T>(look: () => Promise<T>, holds: (seen: T) => boolean) => Promise<T>
  readonly now: () => Date
  /** A fresh cast after a node was started again: sessions outlive it, ports may not. */
  readonly cast: () => Promise<Cast>
}

const DAY = 86_400_000
const key = (name: string) => `story-${name}-${Math.random().toString(36).slice(2, 10)}`

export async function tellStory(hooks: StoryHooks): Promise<void> {
  const documents = storyDocuments(hooks.now())
  let cast = await hooks.cast()
  const step = async <T>(name: string, act: () => Promise<{ readonly says: string; readonly gives: T }>): Promise<T> => {
    if (hooks.before !== undefined) {
      await hooks.before(name)
      cast = await hooks.cast()
    }
    const begun = Date.now()
    const { says, gives } = await act()
    hooks.tell({ step: name, says, ms: Date.now() - begun })
    return gives
  }

  await step('intake', async () => {
    for (const file of documents.files) await cast[file.holder].upload(uploadDocument, { name: file.name }, file.bytes)
    const states = await hooks.eventually(
      async () =>
        (
          await Promise.all([cast.guayaquil, cast.algeciras, cast.antwerp].map(async (each) => (await each.call(listDocuments, {})).items))
        ).flat(),
      (items) => items.length >= documents.files.length && items.every((item) => item.state === 'read'),
    )
    return {
      says: `${states.length} documents read, ${states.reduce((sum, item) => sum + item.containers, 0)} containers, ${states.reduce((sum, item) => sum + item.warnings, 0)} warnings`,
      gives: undefined,
    }
  })

  const chosen = await step('choose', async () => {
    const box = chooseBox(documents)
    const page = await cast.guayaquil.call(showContainer, { container: box.container })
    expectThat(page.sightings.length > 0, 'the container page shows where the documents state the box')
    expectThat(
      page.sightings.every((sighting) => sighting.lines.every((line) => line.at !== undefined)),
      'every value names its file and segment',
    )
    const table = await cast.guayaquil.call(listEquipment, { container: box.container })
    expectThat(table.items.length > 0, 'the table finds the box by its number')
    return { says: `${box.container}, ${page.sightings.length} sightings, bill ${page.prefill.bill ?? 'none'}`, gives: { box, page } }
  })

  const eta = (days: number) => new Date(hooks.now().getTime() + days * DAY).toISOString()
  const draft = draftFor(documents, chosen.box, hooks.now())

  await step('refuse a wrong digit', async () => {
    const wrong = chosen.box.container.slice(0, 10) + ((Number(chosen.box.container[10]) + 1) % 10)
    const refused = await refusalOf(
      async () =>
        await cast.guayaquil.call(issueAlert, { draft: { ...draft, subject: { ...draft.subject, number: wrong } }, key: key('wrong') }),
    )
    expectThat(
      refused.code === 'cargo.alert-invalid' && JSON.stringify(refused.body).includes(chosen.box.container),
      'the refusal shows the right digit',
    )
    return { says: `${wrong} refused, ${chosen.box.container} offered`, gives: undefined }
  })

  const alert = await step('issue', async () => {
    const issued = await cast.guayaquil.call(issueAlert, { draft, key: key('issue') })
    const desks = issued.recipients.map((recipient) => `${recipient.desk} (${recipient.role})`)
    expectThat(
      desks.join() === 'es.customs.algeciras (responsible),be.customs.antwerp (involved)',
      'exactly the Spanish and the Belgian desk are recipients',
    )
    return { says: `to ${desks.join(' and ')}`, gives: issued.alert }
  })

  await step('arrive', async () => {
    for (const desk of [cast.algeciras, cast.antwerp])
      await hooks.eventually(
        async () => (await desk.call(listAlerts, {})).items,
        (items) => items.some((item) => item.alert === alert),
      )
    const queue = await cast.antwerp.call(listWork, {})
    const item = queue.items.find((each) => each.subject === alert)
    expectThat(item?.due !== undefined, 'the work queue of Antwerp shows the clock of the acknowledgement')
    return { says: `in both queues; Antwerp: ${item?.due?.explain ?? ''}`, gives: undefined }
  })

  await step('hide', async () => {
    const found = (await cast.zeebrugge.call(listAlerts, {})).items.length
    const direct = await refusalOf(async () => await cast.zeebrugge.call(showAlert, { alert }))
    const never = await refusalOf(
      async () => await cast.zeebrugge.call(showAlert, { alert: alert.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }),
    )
    expectThat(
      found === 0 && direct.status === 404 && JSON.stringify(direct.body) === JSON.stringify(never.body),
      'for Zeebrugge the alert does not exist',
    )
    return { says: 'a desk that is no recipient finds nothing, and is answered as if it did not exist', gives: undefined }
  })

  await step('acknowledge', async () => {
    for (const desk of [cast.algeciras, cast.antwerp]) await move(desk, alert, { transition: 'ack' })
    const seen = await hooks.eventually(
      async () => await cast.guayaquil.call(showAlert, { alert }),
      (view) => view.parties.every((party) => party.state === 'acknowledged'),
    )
    expectThat(
      seen.parties.every((party) =>
        ['submission', 'relay', 'delivery'].every((kind) => party.evidence.some((each) => each.kind === kind && each.positive)),
      ),
      'Guayaquil holds evidence of submission, relay and delivery from both desks',
    )
    return { says: 'both desks acknowledged; Guayaquil sees it with evidence', gives: undefined }
  })

  await step('match', async () => {
    const view = await hooks.eventually(
      async () => await cast.antwerp.call(showAlert, { alert }),
      (each) => each.localMatch !== undefined,
    )
    expectThat((view.localMatch?.hits.length ?? 0) > 0, 'Antwerp finds the box in its own declarations')
    const abroad = await cast.guayaquil.call(showAlert, { alert })
    expectThat(abroad.localMatch === undefined, 'nothing of the match leaves Belgium')
    const hit = view.localMatch?.hits[0]
    return {
      says: `${view.localMatch?.hits.length} hits among ${view.localMatch?.compared} declarations, first on ${hit?.on} at segment ${hit?.at.segment}`,
      gives: undefined,
    }
  })

  await step('signal', async () => {
    const suspicious = documents.voyage.planted.find(({ fault }) => fault === 'weight-gap')
    const page = await hooks.eventually(
      async () => await cast.guayaquil.call(showContainer, { container: suspicious?.container ?? '' }),
      (each) => each.signals.length > 0,
    )
    const signal = page.signals[0]
    expectThat(
      signal !== undefined && signal.facts.some((fact) => fact.at !== undefined) && signal.innocentAlternatives.length > 0,
      'the signal shows its facts with pointers and what innocent causes there are',
    )
    return { says: `${page.container}: ${signal?.explanation ?? ''}`, gives: undefined }
  })

  await step('decide', async () => {
    await move(cast.antwerp, alert, { transition: 'target', plannedAt: eta(15) })
    return { says: 'an officer in Antwerp decides on a control', gives: undefined }
  })

  await step('hold', async () => {
    const { action } = await cast.antwerp.call(requestPortAction, {
      alert,
      partner: 'be.terminal.antwerp.operations',
      container: draft.subject.number,
      action: 'hold',
      until: eta(12),
      legalBasisText: 'General Customs Act, power to hold goods under control',
      contact: 'Duty desk of customs Antwerp',
      key: key('hold'),
    })
    const asked = await hooks.eventually(
      async () => (await cast.terminal.call(listPortActions, {})).items.find((item) => item.action === action),
      (item) => item !== undefined,
    )
    const text = JSON.stringify(asked)
    expectThat(
      !text.includes(alert) && !text.includes('seal') && !text.includes('pcu'),
      'the terminal learns the action and never the reason',
    )
    await cast.terminal.call(movePortAction, { action, transition: 'confirm', version: asked?.version ?? 0, key: key('confirm') })
    const held = await hooks.eventually(
      async () => (await cast.antwerp.call(listPortActions, {})).items.find((item) => item.action === action),
      (item) => item?.state === 'confirmed',
    )
    return { says: `confirmed by the terminal; time to hold ${(held?.timeToHold ?? 0).toFixed(2)} min`, gives: undefined }
  })

  await step('control', async () => {
    await move(cast.antwerp, alert, {
      transition: 'control',
      controlKind: 'physical-control',
      controlPlace: 'Customs shed',
      controlledAt: hooks.now().toISOString(),
    })
    await move(cast.antwerp, alert, {
      transition: 'recordOutcome',
      outcome: 'positive',
      foundKind: 'cocaine',
      foundKilograms: 412,
      foundPlace: 'near-doors',
      sealBroken: true,
    })
    await move(cast.algeciras, alert, { transition: 'decline', declineCode: 'capacity' })
    await move(cast.algeciras, alert, { transition: 'recordOutcome', outcome: 'notControlled', notControlledReason: 'capacity' })
    return { says: 'Antwerp found 412 kg; Algeciras did not control: capacity', gives: undefined }
  })

  await step('outcome', async () => {
    const view = await hooks.eventually(
      async () => await cast.guayaquil.call(showAlert, { alert }),
      (each) => each.outcomes.length === 2,
    )
    const kinds = view.outcomes.map((outcome) => `${outcome.desk}: ${outcome.kind}`).sort()
    expectThat(kinds.join() === 'be.customs.antwerp: positive,es.customs.algeciras: notControlled', 'Guayaquil sees both outcomes')
    return { says: `Guayaquil sees ${kinds.join(' and ')}`, gives: undefined }
  })

  await step('replay', async () => {
    const log = await cast.antwerpDpo.call(replayLog, { subject: alert, order: 'asc' })
    expectThat(log.items.length > 5, 'the data-protection officer replays who read and did what')
    const verdict = await hooks.eventually(
      async () => await cast.antwerpDpo.call(verifyLog, {}),
      (each) => !each.intact || each.checked > 0,
    )
    expectThat(verdict.intact, 'the log is intact')
    return { says: `${log.items.length} entries about the alert in Antwerp; ${verdict.checked} sealed entries intact`, gives: undefined }
  })
}

export interface AlertStep {
  readonly transition: 'ack' | 'target' | 'decline' | 'control' | 'recordOutcome' | 'askAssistance' | 'close'
  /** Fields of its form. */
  readonly [field: string]: unknown
}

/** One step of the own desk, from the version it sees. */
export async function move(client: Client, alert: string, step: AlertStep): Promise<void> {
  const { transition, ...fields } = step
  const view = await client.call(showAlert, { alert })
  const own = view.parties.find((party) => party.open.includes(transition))
  if (own === undefined)
    throw new Error(
      `The step ${transition} is not open: ${JSON.stringify(view.parties.map((party) => [party.desk, party.state, party.open]))}`,
    )
  await client.call(moveAlert, { alert, caseId: own.caseId, transition, fields, version: own.version, key: key(transition) })
}

async function refusalOf(act: () => Promise<unknown>): Promise<CallRefused> {
  try {
    await act()
  } catch (error) {
    if (error instanceof CallRefused) return error
    throw error
  }
  throw new Error('It should have been refused.')
}

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The story fails here: ${what}.`)
}
