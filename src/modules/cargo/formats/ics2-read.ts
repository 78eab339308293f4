/**
 * ICS2 messages to plain values. Invariant: what is present and not read is named, so that nothing is dropped silently.
 * Values are taken as they stand; whether they are allowed is the schema's business.
 */
import type {
  ControlNotice,
  ControlSubject,
  Ics2Content,
  Ics2Header,
  RiskAnalysis,
  RiskAnalysisMessage,
  TransportDocumentName,
  WatchMessage,
  WatchParameters,
} from './ics2-content.ts'
import type { XmlElement } from './xml-tree.ts'

export interface Ics2Reading {
  readonly content: Ics2Content
  /** Names of elements that were there and are not part of the content. */
  readonly unread: readonly string[]
}

export function readIcs2(root: XmlElement): Ics2Reading | undefined {
  const unread = new Set<string>()
  const view = new View(root, unread)
  const content = contentOf(root.name, view)
  if (content === undefined) return undefined
  view.close()
  return { content, unread: [...unread] }
}

function contentOf(name: string, view: View): Ics2Content | undefined {
  if (name === 'IE4S01' || name === 'IE4S02') return riskAnalysisOf(name, view)
  if (name === 'IE4N09') return controlNoticeOf(view)
  return name === 'IE4Q07' ? watchOf(view) : undefined
}

function riskAnalysisOf(message: 'IE4S01' | 'IE4S02', view: View): RiskAnalysisMessage {
  const state = message === 'IE4S01' ? 'involvedMemberState' : 'responsibleMemberState'
  return {
    message,
    ...opening(view),
    memberState: view.one(state, (each) => each.text('country')) ?? '',
    ...optional(
      'analyst',
      view.one('riskAnalyst', (each) => ({
        name: each.text('name'),
        communication: each.all('communication', (way) => ({ type: way.text('type'), identifier: way.text('identifier') })),
      })),
    ),
    analyses: view.all('riskAnalysis', analysisOf),
    recommendations: view.all('controlRecommendations', (each) => ({
      place: each.text('placeOfControl'),
      subject: subjectOf(each),
      information: each.all('additionalInformation', (said) => ({
        type: said.text('type'),
        ...optional('code', said.maybe('code')),
        ...optional('text', said.maybe('text')),
      })),
    })),
    ...optional(
      'doNotLoad',
      view.one('doNotLoadDetails', (each) => ({ documents: each.all('transportDocument', documentOf), containers: containersOf(each) })),
    ),
  }
}

function analysisOf(view: View): RiskAnalysis {
  return {
    requestReference: view.text('riskAnalysisRequestReference'),
    category: view.text('category'),
    results: view.all('riskAnalysisResult', (each) => ({
      type: each.text('riskAnalysisType'),
      ...optional('area', each.maybe('riskAreaCode')),
      ...optional('level', each.maybe('riskLevel')),
      ...optional('criterion', each.maybe('riskCriteriaIdentifier')),
      ...optional('code', each.maybe('resultCode')),
      ...optional('text', each.maybe('resultText')),
      ...optional('completedAt', each.instant('dateAndTimeOfCompletion')),
      pointers: each.all('pointer', (pointer) => pointer.text('messageElementPath')),
    })),
  }
}

function controlNoticeOf(view: View): ControlNotice {
  return {
    message: 'IE4N09',
    header: headerOf(view),
    mrn: view.text('MRN'),
    notifiedAt: view.instant('notificationDate') ?? '',
    ...optional('scheduledAt', view.instant('scheduledControlDate')),
    office: view.one('customsOfficeOfControl', (each) => each.text('referenceNumber')) ?? '',
    ...optional('document', view.one('transportDocument', documentOf)),
    controls: view.all('control', (each) => ({
      ...each.one('examinationPlace', (place) => ({
        ...optional('place', place.maybe('placeOfExamination')),
        ...optional('office', place.maybe('referenceNumber')),
      })),
      subject: subjectOf(each),
    })),
  }
}

function watchOf(view: View): WatchMessage {
  return {
    message: 'IE4Q07',
    ...opening(view),
    memberState: view.one('otherMemberState', (each) => each.text('country')) ?? '',
    parameters: view.all(
      'riskParameters',
      (each): WatchParameters => ({
        combination: each.text('combinationID'),
        validFrom: each.instant('validityStartDateAndTime') ?? '',
        validUntil: each.instant('validityEndDateAndTime') ?? '',
        countries: each.all('countriesOfRoutingOfConsignment', (country) => country.text('country')),
        ...optional(
          'transport',
          each.one('activeBorderTransportMeans', (means) => ({
            mode: means.text('ModeOfTransport'),
            ...optional('identifier', means.maybe('identificationNumber')),
            ...optional('identifierType', means.maybe('typeOfIdentification')),
            ...optional('conveyance', means.maybe('conveyanceReferenceNumber')),
          })),
        ),
        marks: each.all('packaging', (packaging) => packaging.text('shippingMarks')),
        containers: containersOf(each),
        parties: each.all('partyOfInterest', (party) => ({
          ...optional('name', party.maybe('name')),
          ...optional('identifier', party.maybe('identificationNumber')),
          ...optional('role', party.maybe('role')),
        })),
        masters: each.all('transportDocumentMaster', documentOf),
        houses: each.all('transportDocumentHouse', documentOf),
      }),
    ),
  }
}

function opening(view: View): Pick<WatchMessage, 'header' | 'function' | 'reference' | 'issuedAt'> {
  return {
    header: headerOf(view),
    function: view.text('messageFunction'),
    reference: view.text('functionalReference'),
    issuedAt: view.instant('documentIssueDate') ?? '',
  }
}

function headerOf(view: View): Ics2Header {
  const read = view.one('MessageHeader', (each) => ({
    messageId: each.text('messageId'),
    ...optional('correlationId', each.maybe('correlationId')),
    timestamp: each.text('messageTimestamp'),
    sender: each.text('messageSender'),
    recipient: each.text('messageRecipient'),
  }))
  return read ?? { messageId: '', timestamp: '', sender: '', recipient: '' }
}

function subjectOf(view: View): ControlSubject {
  const read = view.one('controlSubject', (subject) =>
    subject.one('consignmentMasterLevel', (master) => {
      const receptacles = master.all('receptacle', (each) => each.text('receptacleIdentificationNumber'))
      return {
        ...(receptacles.length === 0 ? {} : { receptacles }),
        ...optional('document', master.one('transportDocumentMasterLevel', documentOf)),
        houses: master.all('consignmentHouseLevel', (house) => ({
          ...optional('document', house.one('transportDocumentHouseLevel', documentOf)),
          containers: containersOf(house),
        })),
        containers: containersOf(master),
      }
    }),
  )
  return read ?? { houses: [], containers: [] }
}

function documentOf(view: View): TransportDocumentName {
  return { number: view.text('documentNumber'), type: view.text('type') }
}

function containersOf(view: View): readonly string[] {
  return view.all('transportEquipment', (each) => each.text('containerIdentificationNumber'))
}

function optional<Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: T })
}

/** An element whose children are asked for by name; what nobody asked for is noted. */
class View {
  readonly #element: XmlElement
  readonly #unread: Set<string>
  readonly #asked = new Set<string>()

  constructor(element: XmlElement, unread: Set<string>) {
    this.#element = element
    this.#unread = unread
  }

  maybe(name: string): string | undefined {
    this.#asked.add(name)
    return this.#element.children.find((child) => child.name === name)?.text.trim()
  }

  text(name: string): string {
    return this.maybe(name) ?? ''
  }

  instant(name: string): string | undefined {
    return this.one(name, (each) => each.text('DateTime'))
  }

  one<T>(name: string, read: (view: View) => T): T | undefined {
    return this.all(name, read)[0]
  }

  all<T>(name: string, read: (view: View) => T): T[] {
    this.#asked.add(name)
    return this.#element.children
      .filter((child) => child.name === name)
      .map((child) => {
        const view = new View(child, this.#unread)
        const value = read(view)
        view.close()
        return value
      })
  }

  close(): void {
    for (const { name } of this.#element.children) if (!this.#asked.has(name)) this.#unread.add(name)
  }
}
