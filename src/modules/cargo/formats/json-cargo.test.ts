import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type CollectedFile, collectMessages } from './collect-messages.ts'
import type { CargoEvent } from './events.ts'
import { readJsonCargo } from './json-cargo.ts'
import { gather } from './reading.fixture.ts'

const SAMPLES = fileURLToPath(new URL('../../../../../shared/data/cargo/dcsa/messages/', import.meta.url))
const files = existsSync(SAMPLES) ? readdirSync(SAMPLES) : []

function read(value: unknown): Promise<CollectedFile> {
  return collectMessages(readJsonCargo(Buffer.from(JSON.stringify(value)), { document: 'd' }))
}

function eventsOf(value: unknown): Promise<CargoEvent[]> {
  return gather(readJsonCargo(Buffer.from(JSON.stringify(value))))
}

/** Every stated text and number with its bytes. */
function statedIn(value: unknown, found: { value: unknown; start: number; end: number }[] = []): typeof found {
  if (typeof value !== 'object' || value === null) return found
  const { at } = value as { at?: { start?: number; end?: number } }
  if (at?.start !== undefined && at.end !== undefined)
    found.push({ value: (value as { value: unknown }).value, start: at.start, end: at.end })
  for (const each of Object.values(value)) statedIn(each, found)
  return found
}

const BILL = {
  transportDocumentReference: 'BL1',
  carrierCode: 'MAEU',
  documentParties: {
    shipper: { partyName: 'Frutas SA', identifyingCodes: [{ partyCode: 'EC1', codeListProvider: 'ZZZ' }] },
    consignee: { partyName: 'Obst GmbH' },
    notifyParties: [{ partyName: 'Spedition' }],
    other: [
      { party: { partyName: 'Owner' }, partyFunction: 'SCO' },
      { party: { partyName: 'Agent' }, partyFunction: 'DDR' },
    ],
  },
  consignmentItems: [
    {
      carrierBookingReference: 'BK1',
      descriptionOfGoods: ['Bananas', 'in boxes'],
      HSCodes: ['080390'],
      cargoItems: [
        { equipmentReference: 'CSQU3054383', cargoGrossWeight: { value: 1000, unit: 'LBR' }, outerPackaging: { numberOfPackages: 1080 } },
      ],
      references: [{ type: 'RE', values: ['PIN1234'] }],
    },
  ],
  utilizedTransportEquipments: [
    {
      equipment: { equipmentReference: 'CSQU3054383', ISOEquipmentCode: '45R1' },
      seals: [{ number: 'S1', source: 'CUS' }],
      activeReeferSettings: { temperatureSetpoint: 56, temperatureUnit: 'FAH' },
    },
  ],
  transports: {
    plannedDepartureDate: '2026-11-24',
    portOfLoading: { UNLocationCode: 'ECGYE' },
    portOfDischarge: { UNLocationCode: 'BEANR' },
    vesselVoyages: [{ vesselName: 'OCEAN', carrierExportVoyageNumber: '12E' }],
  },
}

describe('a bill of lading', () => {
  it('becomes a consignment and a sighting of each container', async () => {
    const { messages } = await read(BILL)
    const [message] = messages
    const [statement] = message?.consignments ?? []
    expect(message).toMatchObject({
      type: 'DCSA-BILL',
      reference: 'BL1',
      voyage: { vesselName: { value: 'OCEAN' }, voyageNumber: { value: '12E' }, carrier: { value: 'MAEU' } },
    })
    expect(statement).toMatchObject({
      kind: 'contract',
      document: { value: 'BL1' },
      packages: { value: 1080 },
      hsCodes: [{ value: '080390' }],
    })
    expect(statement?.parties.map(({ role, name }) => `${role} ${name.value}`)).toEqual([
      'consignor Frutas SA',
      'consignee Obst GmbH',
      'notify Spedition',
      'forwarder Agent',
    ])
    expect(statement?.weights[0]?.kilograms.value).toBeCloseTo(453.592)
    expect(message?.equipment).toMatchObject([
      { container: { value: 'CSQU3054383' }, isoType: { value: '45R1' }, seals: [{ issuer: 'customs' }], setTemperature: { value: 13.33 } },
    ])
  })

  it('never takes over a release number', async () => {
    const events = await eventsOf(BILL)
    expect(JSON.stringify(events)).not.toContain('PIN1234')
  })

  it('inside a request is read the same, with the bytes of the request', async () => {
    const { messages } = await read({ document: BILL, issueTo: {} })
    expect(messages[0]).toMatchObject({ type: 'DCSA-BILL', reference: 'BL1', consignments: [{ document: { value: 'BL1' } }] })
  })
})

describe('an event', () => {
  const EVENT = {
    eventID: '3cecb101-7a1a-43a4-9d62-e88a131651e4',
    eventCreatedDateTime: '2026-11-24T12:00:00Z',
    eventType: 'EQUIPMENT',
    eventDateTime: '2026-11-24T11:00:00Z',
    equipmentEventTypeCode: 'GTOT',
    equipmentReference: 'CSQU3054383',
    ISOEquipmentCode: '45R1',
    emptyIndicatorCode: 'LADEN',
    eventLocation: { UNLocationCode: 'BEANR' },
  }

  it('that happened is a sighting', async () => {
    const { messages } = await read([{ ...EVENT, eventClassifierCode: 'ACT' }])
    expect(messages[0]?.equipment).toMatchObject([
      {
        event: 'gate-out',
        fullness: 'full',
        happenedAt: { value: EVENT.eventDateTime },
        places: [{ role: 'activity', place: { value: 'BEANR' } }],
      },
    ])
  })

  it('that is planned or estimated is a status and no sighting', async () => {
    const events = await eventsOf([{ ...EVENT, eventClassifierCode: 'EST' }])
    expect(events.filter(({ kind }) => kind === 'equipment')).toEqual([])
    expect(events.find((event) => event.kind === 'status')).toMatchObject({
      status: { container: { value: 'CSQU3054383' }, status: { value: 'GTOT' }, reason: { value: 'EST' } },
    })
  })

  it('that stands twice in a file is warned', async () => {
    const event = { ...EVENT, eventClassifierCode: 'ACT' }
    const { messages } = await read([event, event])
    expect(messages.map(({ warnings }) => warnings.some(({ code }) => code === 'message.repeated'))).toEqual([false, true])
  })

  it('of a ship is a port call', async () => {
    const vessel = { vesselIMONumber: '9321483', vesselName: 'OCEAN' }
    const events = await eventsOf({
      events: [
        {
          eventID: 'e1',
          eventDateTime: '2026-11-24T11:00:00Z',
          eventLocation: { UNLocationCode: 'BEANR' },
          eventClassification: { eventTypeCode: 'TRANSPORT', eventClassifierCode: 'EST', transportEventTypeCode: 'ARRI' },
          transportDetails: { transportCall: { vesselTransport: vessel } },
        },
      ],
    })
    expect(events.find((event) => event.kind === 'port-call')).toMatchObject({
      call: {
        role: 'arrival',
        place: { value: 'BEANR' },
        vesselImo: { value: '9321483' },
        times: [{ event: 'arrival', basis: 'estimated' }],
      },
    })
  })
})

describe('a verified mass', () => {
  const MASS = {
    declarationReference: 'V1',
    VGM: { weight: { value: 24.5, unit: 'TNE' }, method: 'SM1' },
    equipmentDetails: { equipmentReference: 'CSQU3054383' },
  }

  it('is a sighting with the weight, and a mass', async () => {
    const events = await eventsOf({ VGMDeclarations: [MASS] })
    expect(events.find((event) => event.kind === 'verified-mass')).toMatchObject({
      mass: { kilograms: { value: 24_500 }, method: 'weighed' },
    })
    expect(events.find((event) => event.kind === 'equipment')).toMatchObject({ sighting: { weights: [{ kind: 'verified-gross' }] } })
  })

  it('that was taken back is not stated', async () => {
    const { messages } = await read({ VGMDeclarations: [{ ...MASS, isRetracted: true }] })
    expect(messages[0]).toMatchObject({ equipment: [], warnings: [{ code: 'json.schema-not-checked' }, { code: 'mass.retracted' }] })
  })
})

describe.skipIf(files.length === 0)('the published messages of DCSA', () => {
  const NOT_JSON = files.filter((file) => /^(jit-200-(port-call|terminal|vessel)|eblsurrender-api-v3.0.0-request)/.test(file))

  it('are 50, of which five are templates that are no JSON', () => {
    expect([files.length, NOT_JSON.length]).toEqual([50, 5])
  })

  it.each(files)('%s is read, or refused for what it is', async (file) => {
    const bytes = readFileSync(SAMPLES + file)
    const { messages, warnings, summary } = await collectMessages(readJsonCargo(bytes))
    const { accepted, warned, quarantined } = summary.outcomes
    expect(accepted + warned + quarantined).toBe(summary.messages)
    expect(summary.refused?.code).toBe(NOT_JSON.includes(file) ? 'json.not-readable' : undefined)
    if (file.includes('wrong')) expect(warnings.length + warned).toBeGreaterThan(0)
    for (const { code, at } of messages.flatMap((message) => message.warnings)) {
      expect(code).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
      expect(at).toMatch(/byte|message/)
    }
  })

  it.each(files.filter((file) => !NOT_JSON.includes(file)))('%s states texts as they stand in its bytes', async (file) => {
    const bytes = readFileSync(SAMPLES + file)
    for (const { value, start, end } of statedIn(await gather(readJsonCargo(bytes))))
      if (typeof value === 'string') expect(bytes.subarray(start, end).toString()).toBe(value)
  })
})

describe('a JSON file', () => {
  it('gives the same events however its bytes arrive', async () => {
    const bytes = Buffer.from(JSON.stringify({ events: [BILL, BILL] }))
    const pieces = async function* (size: number) {
      for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
    }
    const whole = await collectMessages(readJsonCargo(bytes))
    for (const size of [1, 7, 65_536]) expect(await collectMessages(readJsonCargo(pieces(size)))).toEqual(whole)
  })

  it('that breaks off keeps what came before', async () => {
    const { summary, messages } = await collectMessages(readJsonCargo(Buffer.from(`[${JSON.stringify(BILL)}, {"a`)))
    expect(messages.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual(['DCSA-BILL warned', 'JSON quarantined'])
    expect(summary.refused?.code).toBe('json.not-readable')
  })

  it('without a document is warned', async () => {
    const { warnings, summary } = await collectMessages(readJsonCargo(Buffer.from('[]')))
    expect(warnings.map(({ code }) => code)).toEqual(['json.empty'])
    expect(summary.messages).toBe(0)
  })
})
