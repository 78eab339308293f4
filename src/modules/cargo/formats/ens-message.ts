/**
 * Entry summary declarations (CC315A) and their amendments (CC313A): one consignment for each transport document that goods items name.
 * Items without one belong to the declaration's own number. What stands for the whole declaration stands in each of its consignments.
 * Source: ICS schemas version 11.2; document types N703 to N952 as in the common customs code list CL213.
 */
import type { ConsignmentStatement, PartyRole, PlaceRole, Stated, StatedReference, StatedSeal, Voyage } from '../model.ts'
import { ConsignmentDraft, withoutHome } from './consignment-draft.ts'
import { joinStated } from './stated-join.ts'
import { pushDistinct } from './xml-distinct.ts'
import type { XmlElement } from './xml-tree.ts'
import { childNamed, childrenNamed, type XmlValues } from './xml-values.ts'

interface PartyNames {
  readonly element: string
  readonly role: PartyRole
  readonly name: string
  readonly trader: string
  /** Street and number, postal code, city. */
  readonly address?: readonly string[]
}

const DECLARATION_PARTIES: readonly PartyNames[] = [
  { element: 'TRACONCO1', role: 'consignor', name: 'NamCO17', trader: 'TINCO159', address: ['StrAndNumCO122', 'PosCodCO123', 'CitCO124'] },
  { element: 'TRACONCE1', role: 'consignee', name: 'NamCE17', trader: 'TINCE159', address: ['StrAndNumCE122', 'PosCodCE123', 'CitCE124'] },
  {
    element: 'NOTPAR670',
    role: 'notify',
    name: 'NamNOTPAR672',
    trader: 'TINNOTPAR671',
    address: ['StrNumNOTPAR673', 'PosCodNOTPAR676', 'CitNOTPAR674'],
  },
  { element: 'TRACARENT601', role: 'carrier', name: 'NamTRACARENT604', trader: 'TINTRACARENT602' },
  { element: 'TRAREP', role: 'customs-broker', name: 'NamTRE1', trader: 'TINTRE1' },
]
const ITEM_PARTIES: readonly PartyNames[] = [
  { element: 'TRACONCO2', role: 'consignor', name: 'NamCO27', trader: 'TINCO259', address: ['StrAndNumCO222', 'PosCodCO223', 'CitCO224'] },
  { element: 'TRACONCE2', role: 'consignee', name: 'NamCE27', trader: 'TINCE259', address: ['StrAndNumCE222', 'PosCodCE223', 'CitCE224'] },
  {
    element: 'PRTNOT640',
    role: 'notify',
    name: 'NamPRTNOT642',
    trader: 'TINPRTNOT641',
    address: ['StrNumPRTNOT646', 'PstCodPRTNOT644', 'CtyPRTNOT643'],
  },
]

/** Document types that name a transport document, with the reference code 1153 of the same meaning. */
const TRANSPORT_DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ['N703', 'BH'],
  ['N704', 'MB'],
  ['N705', 'BM'],
  ['N710', 'MB'],
  ['N714', 'BH'],
  ['N740', 'AWB'],
  ['N741', 'MWB'],
  ['N787', 'BM'],
])
/** Code 1153 of a document that is not told apart; UCR is the trader's own reference, ABT the declaration, SN a seal. */
const OTHER_DOCUMENT = 'ABE'
const SEALS_REPEATED = 10_000

export interface EnsContent {
  readonly reference: string
  readonly voyage: Voyage
  readonly consignments: readonly ConsignmentStatement[]
}

export function readEns(root: XmlElement, values: XmlValues): EnsContent {
  const header = childNamed(root, 'HEAHEA')
  const number = values.in(header, 'RefNumHEA4') ?? values.in(header, 'DocNumHEA5')
  const byDocument = new Map<string, ConsignmentDraft>()
  for (const item of childrenNamed(root, 'GOOITEGDS')) {
    const documents = documentsOf(item, values)
    const transport = documents.find(({ code }) => code !== OTHER_DOCUMENT)
    const key = transport === undefined ? '' : `${transport.code} ${transport.number.value}`
    let draft = byDocument.get(key)
    if (draft === undefined) {
      draft = new ConsignmentDraft()
      draft.name(number ?? values.in(root, 'MesIdeMES19'), 1)
      draft.name(transport?.number, 2)
      readDeclaration(draft, root, values)
      byDocument.set(key, draft)
    }
    readItem(draft, item, { values, documents })
  }
  const drafts = [...byDocument.values()]
  readSeals(drafts, root, values)
  return {
    reference: number?.value ?? values.in(root, 'MesIdeMES19')?.value ?? '',
    voyage: readVoyage(root, values),
    consignments: drafts.map((draft) => draft.statement()).filter((statement) => statement !== undefined),
  }
}

function readDeclaration(draft: ConsignmentDraft, root: XmlElement, values: XmlValues): void {
  const header = childNamed(root, 'HEAHEA')
  const number = values.in(header, 'RefNumHEA4') ?? values.in(header, 'DocNumHEA5')
  pushReference(draft, 'ABT', number)
  pushReference(draft, 'UCR', values.in(header, 'ComRefNumHEA'))
  pushPlace(draft, 'loading', values.in(header, 'PlaLoaGOOITE334'))
  pushPlace(draft, 'discharge', values.in(header, 'PlaUnlGOOITE334'))
  pushParties(draft, { parent: root, names: DECLARATION_PARTIES, values })
}

function readItem(
  draft: ConsignmentDraft,
  item: XmlElement,
  { values, documents }: { values: XmlValues; documents: readonly StatedReference[] },
): void {
  for (const document of documents) pushReference(draft, document.code, document.number)
  pushReference(draft, 'UCR', values.in(item, 'ComRefNumGIM1'))
  pushPlace(draft, 'loading', values.in(item, 'PlaLoaGOOITE333'))
  pushPlace(draft, 'discharge', values.in(item, 'PlaUnlGOOITE333'))
  pushParties(draft, { parent: item, names: ITEM_PARTIES, values })
  pushNew(draft.goods, values.in(item, 'GooDesGDS23'))
  pushNew(draft.hsCodes, values.in(childNamed(item, 'COMCODGODITM'), 'ComNomCMD1'))
  const mass = values.number(item, 'GroMasGDS46')
  if (mass !== undefined) draft.weights.push({ kind: 'goods-gross', kilograms: mass })
  for (const packages of childrenNamed(item, 'PACGS2'))
    draft.addPackages(values.number(packages, 'NumOfPacGS24') ?? values.number(packages, 'NumOfPieGS25'))
  for (const each of childrenNamed(item, 'CONNR2')) {
    const container = values.in(each, 'ConNumNR21')
    if (container !== undefined) draft.addContainer(container, [])
  }
}

/** Seals stand for the whole declaration: with one container they are its own, otherwise nobody can say whose they are. */
function readSeals(drafts: readonly ConsignmentDraft[], root: XmlElement, values: XmlValues): void {
  const numbers = childrenNamed(root, 'SEAID529').flatMap((seal) => values.in(seal, 'SeaIdSEAID530') ?? [])
  const [only, ...others] = drafts.flatMap(({ containers }) => containers)
  if (only !== undefined && others.length === 0) only.seals = numbers.map((number): StatedSeal => ({ number, issuer: 'unknown' }))
  else {
    // Repeated in every consignment, unless there are so many of both that the first has to do.
    const holders = numbers.length * drafts.length > SEALS_REPEATED ? drafts.slice(0, 1) : drafts
    for (const draft of holders) for (const number of numbers) pushReference(draft, 'SN', number)
  }
}

function documentsOf(item: XmlElement, values: XmlValues): StatedReference[] {
  return childrenNamed(item, 'PRODOCDC2').flatMap((document) => {
    const number = values.in(document, 'DocRefDC23')
    const type = values.in(document, 'DocTypDC21')?.value.toUpperCase() ?? ''
    return number === undefined ? [] : [{ code: TRANSPORT_DOCUMENTS.get(type) ?? OTHER_DOCUMENT, number }]
  })
}

function readVoyage(root: XmlElement, values: XmlValues): Voyage {
  const header = childNamed(root, 'HEAHEA')
  const office = childNamed(root, 'CUSOFFFENT730')
  const mode = values.in(header, 'TraModAtBorHEA76')?.value.replace(/^0+/, '')
  const means =
    values.in(header, 'IdeOfMeaOfTraCroHEA85') ??
    values.in(childNamed(childNamed(root, 'GOOITEGDS'), 'IDEMEATRAGI970'), 'IdeMeaTraGIMEATRA971')
  const isImo = (mode === '1' || mode === '8') && /^[0-9]{7}$/.test(means?.value ?? '')
  const entryCarrier = childNamed(root, 'TRACARENT601')
  const carrier = values.in(entryCarrier, 'NamTRACARENT604') ?? values.in(entryCarrier, 'TINTRACARENT602')
  return {
    ...optional('vesselImo', isImo ? means : undefined),
    ...optional('vesselName', isImo ? undefined : means),
    ...optional('voyageNumber', values.in(header, 'ConRefNumHEA')),
    ...optional('carrier', carrier),
    ...optional('arrivesAt', values.in(office, 'ExpDatOfArrFIRENT733')),
    // An office of customs is no place of the journey: its code is of another list.
    places: [],
  }
}

function optional<Key extends string>(key: Key, value: Stated | undefined): { readonly [K in Key]?: Stated } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Stated })
}

function pushParties(
  draft: ConsignmentDraft,
  { parent, names, values }: { parent: XmlElement; names: readonly PartyNames[]; values: XmlValues },
): void {
  for (const { element, role, name: nameOf, trader, address: addressOf = [] } of names) {
    const party = childNamed(parent, element)
    const identifier = values.in(party, trader)
    const name = values.in(party, nameOf) ?? identifier
    if (name === undefined) continue
    const address = joinStated(addressOf.map((part) => values.in(party, part)))
    const stated = withoutHome({ role, name, ...optional('identifier', identifier), ...optional('address', address) })
    pushDistinct(draft.parties, `${role} ${name.value}`, stated)
  }
}

function pushPlace(draft: ConsignmentDraft, role: PlaceRole, place: Stated | undefined): void {
  if (place !== undefined) pushDistinct(draft.places, `${role} ${place.value}`, { role, place })
}

function pushReference(draft: ConsignmentDraft, code: string, number: Stated | undefined): void {
  if (number !== undefined) pushDistinct(draft.references, `${code} ${number.value}`, { code, number })
}

function pushNew(list: Stated[], stated: Stated | undefined): void {
  if (stated !== undefined) pushDistinct(list, stated.value, stated)
}
