/**
 * ICS2 messages from plain values. Invariant: what comes out is valid against the schema, or the call fails with the field that is not;
 * a text or a list of pointers longer than one result may carry goes on in a further result of the same criterion, so that nothing is cut.
 */
import {
  type ControlNotice,
  type ControlRecommendation,
  type ControlSubject,
  ICS2_NAMESPACE,
  type Ics2Header,
  type RiskAnalysisMessage,
  type RiskResult,
  type TransportDocumentName,
  type WatchMessage,
  type WatchParameters,
} from './ics2-content.ts'
import { writeXml, type XmlNode } from './xml-write.ts'

const TEXT_LENGTH = 512
const POINTERS = 9
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/

/** IE4S01 or IE4S02, for the desk that receives an alert in this form. */
export function writeRiskAnalysisResult(input: RiskAnalysisMessage): string {
  const isInvolved = input.message === 'IE4S01'
  const { analyst, doNotLoad } = input
  if (isInvolved && analyst === undefined) throw new RangeError('analyst is missing.')
  count('analyses', input.analyses, isInvolved ? 1 : 9)
  return writeXml(
    [
      input.message,
      [
        header(input.header),
        field('messageFunction', input.function, /^[0-9]{1,2}$/),
        text('functionalReference', input.reference, 35),
        instant('documentIssueDate', input.issuedAt),
        [isInvolved ? 'involvedMemberState' : 'responsibleMemberState', [field('country', input.memberState, /^[A-Za-z]{2}$/)]],
        ...(analyst === undefined
          ? []
          : [
              node('riskAnalyst', [
                text('name', analyst.name, 70),
                ...count('communication', analyst.communication, 9).map(({ type, identifier }) =>
                  node('communication', [text('identifier', identifier, 512), text('type', type, 3)]),
                ),
              ]),
            ]),
        ...input.analyses.map(({ requestReference, category, results }) =>
          node('riskAnalysis', [
            text('riskAnalysisRequestReference', requestReference, 35),
            field('category', category, /^[A-Za-z]$/),
            ...count('results', results.flatMap(inParts), 99_999).map(riskResult),
          ]),
        ),
        ...input.recommendations.map(recommendation),
        ...(doNotLoad === undefined
          ? []
          : [
              node('doNotLoadDetails', [
                ...doNotLoad.documents.map((document) =>
                  node('transportDocument', [text('documentNumber', document.number, 70), field('type', document.type, /^.{4}$/)]),
                ),
                ...doNotLoad.containers.map(container),
              ]),
            ]),
      ],
    ],
    ICS2_NAMESPACE,
  )
}

/** IE4N09. */
export function writeControlNotice(input: ControlNotice): string {
  return writeXml(
    [
      'IE4N09',
      [
        header(input.header),
        field('MRN', input.mrn, /^.{18}$/),
        instant('notificationDate', input.notifiedAt),
        ...(input.scheduledAt === undefined ? [] : [instant('scheduledControlDate', input.scheduledAt)]),
        ['customsOfficeOfControl', [field('referenceNumber', input.office, /^.{8}$/)]],
        ...(input.document === undefined ? [] : [documentNode('transportDocument', input.document)]),
        ...count('controls', input.controls, 99_999).map(({ place, office, subject }) =>
          node('control', [
            node('examinationPlace', [...optional('placeOfExamination', place, 256), ...optional('referenceNumber', office, 17)]),
            subjectNode(subject, { hasMasterDocument: false }),
          ]),
        ),
      ],
    ],
    ICS2_NAMESPACE,
  )
}

/** IE4Q07. */
export function writeWatchParameters(input: WatchMessage): string {
  return writeXml(
    [
      'IE4Q07',
      [
        header(input.header),
        field('messageFunction', input.function, /^[0-9]{1,2}$/),
        text('functionalReference', input.reference, 35),
        instant('documentIssueDate', input.issuedAt),
        ['otherMemberState', [field('country', input.memberState, /^[A-Za-z]{2}$/)]],
        ...count('parameters', input.parameters, 999).map(watchNode),
      ],
    ],
    ICS2_NAMESPACE,
  )
}

function watchNode(watch: WatchParameters): XmlNode {
  const { transport } = watch
  return node('riskParameters', [
    text('combinationID', watch.combination, 35),
    instant('validityStartDateAndTime', watch.validFrom),
    instant('validityEndDateAndTime', watch.validUntil),
    ...most('countries', watch.countries, 99).map((country) =>
      node('countriesOfRoutingOfConsignment', [field('country', country, /^[A-Za-z]{2}$/)]),
    ),
    ...(transport === undefined
      ? []
      : [
          node('activeBorderTransportMeans', [
            ...optional('identificationNumber', transport.identifier, 35),
            ...(transport.identifierType === undefined ? [] : [field('typeOfIdentification', transport.identifierType, /^[0-9]{2}$/)]),
            field('ModeOfTransport', transport.mode, /^[0-9]$/),
            ...optional('conveyanceReferenceNumber', transport.conveyance, 35),
          ]),
        ]),
    ...most('marks', watch.marks, 99).map((marks) => node('packaging', [text('shippingMarks', marks, TEXT_LENGTH)])),
    ...most('containers', watch.containers, 99).map(container),
    ...most('parties', watch.parties, 99).map(({ name, identifier, role }) =>
      node('partyOfInterest', [
        ...optional('name', name, 70),
        ...optional('identificationNumber', identifier, 17),
        ...optional('role', role, 3),
      ]),
    ),
    ...most('masters', watch.masters, 9).map((document) => documentNode('transportDocumentMaster', document)),
    ...most('houses', watch.houses, 9).map((document) => documentNode('transportDocumentHouse', document)),
  ])
}

function header({ messageId, correlationId, timestamp, sender, recipient }: Ics2Header): XmlNode {
  return [
    'MessageHeader',
    [
      text('messageId', messageId, 291),
      ...optional('correlationId', correlationId, 291),
      field('messageTimestamp', timestamp, INSTANT),
      field('messageSender', sender, /^[A-Za-z0-9.-]{1,14}$/),
      field('messageRecipient', recipient, /^[A-Za-z0-9.-]{1,14}$/),
    ],
  ]
}

/** A result within the limits of the schema, and what goes on in further ones. */
function inParts(result: RiskResult): RiskResult[] {
  const line = result.text === undefined ? undefined : oneLine(result.text)
  const texts = line === undefined ? [] : piecesOf([...line], TEXT_LENGTH).map((signs) => signs.join(''))
  const pointers = piecesOf(result.pointers, POINTERS)
  return Array.from({ length: Math.max(1, texts.length, pointers.length) }, (_, index) => {
    const { text: _whole, ...rest } = result
    const part = texts[index]
    return part === undefined ? { ...rest, pointers: pointers[index] ?? [] } : { ...rest, text: part, pointers: pointers[index] ?? [] }
  })
}

function piecesOf<T>(list: readonly T[], size: number): T[][] {
  const pieces: T[][] = []
  for (let from = 0; from < list.length; from += size) pieces.push(list.slice(from, from + size))
  return pieces
}

function riskResult(result: RiskResult): XmlNode {
  return node('riskAnalysisResult', [
    field('riskAnalysisType', result.type, /^[A-Za-z]$/),
    ...optional('riskAreaCode', result.area, 17),
    ...optional('riskLevel', result.level, 3),
    ...optional('riskCriteriaIdentifier', result.criterion, 17),
    ...(result.code === undefined ? [] : [field('resultCode', result.code, /^[0-9]$/)]),
    ...optional('resultText', result.text, TEXT_LENGTH),
    ...(result.completedAt === undefined ? [] : [instant('dateAndTimeOfCompletion', result.completedAt)]),
    ...result.pointers.map((path) => node('pointer', [text('messageElementPath', path, TEXT_LENGTH)])),
  ])
}

function recommendation({ place, subject, information }: ControlRecommendation): XmlNode {
  return node('controlRecommendations', [
    field('placeOfControl', place, /^.{3}$/),
    subjectNode(subject, { hasMasterDocument: true }),
    ...most('information', information, 99).map(({ type, code, text: said }) =>
      node('additionalInformation', [...optional('code', code, 17), ...optional('text', said, TEXT_LENGTH), text('type', type, 3)]),
    ),
  ])
}

function subjectNode(subject: ControlSubject, { hasMasterDocument }: { hasMasterDocument: boolean }): XmlNode {
  const { document } = subject
  if (document !== undefined && !hasMasterDocument) throw new RangeError('subject.document has no place in this message.')
  return node('controlSubject', [
    node('consignmentMasterLevel', [
      ...most('receptacles', subject.receptacles ?? [], 999).map((number) =>
        node('receptacle', [text('receptacleIdentificationNumber', number, 35)]),
      ),
      ...most('houses', subject.houses, 99_999).map((house) => {
        if (house.document === undefined && hasMasterDocument) throw new RangeError('houses.document is missing.')
        return node('consignmentHouseLevel', [
          ...(house.document === undefined ? [] : [documentNode('transportDocumentHouseLevel', house.document)]),
          ...house.containers.map(container),
        ])
      }),
      ...(document === undefined ? [] : [documentNode('transportDocumentMasterLevel', document)]),
      ...most('containers', subject.containers, 9999).map(container),
    ]),
  ])
}

function documentNode(name: string, { number, type }: TransportDocumentName): XmlNode {
  return node(name, [text('documentNumber', number, 70), text('type', type, 4)])
}

function container(number: string): XmlNode {
  return node('transportEquipment', [text('containerIdentificationNumber', number, 17)])
}

function node(name: string, content: readonly XmlNode[]): XmlNode {
  return [name, content]
}

function instant(name: string, value: string): XmlNode {
  return node(name, [field('DateTime', value, INSTANT)])
}

function optional(name: string, value: string | undefined, length: number): XmlNode[] {
  return value === undefined ? [] : [text(name, value, length)]
}

function text(name: string, value: string, length: number): XmlNode {
  const line = oneLine(value)
  if (line === '' || [...line].length > length) throw new RangeError(`${name} has 1 to ${length} signs.`)
  return [name, line]
}

/** The schema's texts have no line breaks; runs of blanks are one. */
function oneLine(value: string): string {
  return value.replaceAll(/[ \t\r\n]+/g, ' ').trim()
}

function field(name: string, value: string, form: RegExp): XmlNode {
  if (!form.test(value)) throw new RangeError(`${name} is not of the form that the schema asks for.`)
  return [name, value]
}

function count<T>(name: string, list: readonly T[], most: number): readonly T[] {
  if (list.length < 1 || list.length > most) throw new RangeError(`${name}: 1 to ${most} are allowed.`)
  return list
}

function most<T>(name: string, list: readonly T[], limit: number): readonly T[] {
  if (list.length > limit) throw new RangeError(`${name}: at most ${limit} are allowed.`)
  return list
}
