/**
 * What the verdicts about a container still hang on: keys of the history under which an older shipment, should its document come late, could turn a verdict. The
 * store looks again at exactly those boxes. Pure. Invariant: a key that is not here cannot change what P1, P2, P5, R1, R2 or I1 say of this dossier, whatever is
 * added to it on whatever day, for counts before a day only grow. (When the bill itself moves to an earlier day its boxes are looked at without asking.)
 */
import type { Evaluation } from '#kernel/signal/signal.ts'
import { dormantParty } from './dormant-party.ts'
import type { CargoDetector, ContainerDossier, DossierConsignment, KeyHistory } from './dossier.ts'
import { firstTimeParty } from './first-time-party.ts'
import { type DatedAsk, datedKey, known, ownerEntries, pairOf } from './history-keys.ts'
import { identity } from './identity.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { newGoods } from './new-goods.ts'
import { newRoute } from './new-route.ts'
import { type DetectorSettings, withSetting } from './settings.ts'
import { companiesOf, headingsOf, routeOf, viasOf } from './statement-parts.ts'
import { unusualTranshipment } from './unusual-transhipment.ts'

export interface OpenVerdict extends DatedAsk {
  /** Look again when so many shipments lie before the day; at each that is added when there is no such number. */
  readonly wake: number | undefined
  /** The day itself counts, too. */
  readonly inclusive: boolean
}

type Given = Readonly<Record<string, number>>

export function openVerdicts(dossier: ContainerDossier, settings: DetectorSettings): readonly OpenVerdict[] {
  const open = new Map<string, OpenVerdict>()
  const hang = (asked: DatedAsk, wake: number | undefined, inclusive = false) => {
    const held = open.get(datedKey(asked))
    const lowest = held === undefined ? wake : held.wake === undefined || wake === undefined ? undefined : Math.min(held.wake, wake)
    open.set(datedKey(asked), { ...asked, wake: lowest, inclusive: inclusive || held?.inclusive === true })
  }
  const given = (detector: CargoDetector): Given => withSetting(detector, settings).parameters
  const run = (detector: CargoDetector): Evaluation => detector.evaluate(dossier, given(detector))
  const at = { dossier, hang }
  hangIdentity(at, given(identity))
  const [transhipment, silence] = [run(unusualTranshipment), run(dormantParty)]
  for (const filing of newestFilings(presentJourney(dossier).consignments)) {
    const of = { ...at, filing }
    hangParties(of, given(firstTimeParty))
    hangGoods(of, given(newGoods))
    hangRoute(of, given(newRoute))
    hangTranshipment(of, given(unusualTranshipment), transhipment)
    hangSilence(of, silence)
  }
  return [...open.values()]
}

interface Ledger {
  readonly dossier: ContainerDossier
  readonly hang: (asked: DatedAsk, wake: number | undefined, inclusive?: boolean) => void
}

interface OfFiling extends Ledger {
  readonly filing: DossierConsignment
}

function hangBelow({ dossier, hang }: Ledger, asked: DatedAsk, needed: number): boolean {
  if (known(dossier.history, asked).before >= needed) return false
  hang(asked, needed)
  return true
}

function hangIdentity(at: Ledger, { neededBoxes = 0 }: Given): void {
  const { container, day } = at.dossier
  hangBelow(at, { kind: 'boxes', key: 'all', day }, neededBoxes)
  for (const { kind, key } of ownerEntries(container))
    if (kind === 'owner' && isAlone(known(at.dossier.history, { kind, key, day }))) at.hang({ kind, key, day }, 2, true)
}

/** As `newness` decides: the desk may become rich enough to judge, and what is new may turn out to be known. */
function hangNewness(at: OfFiling, asked: { readonly kind: 'party' | 'route'; readonly key: string }, needed: number): void {
  const { dossier, filing, hang } = at
  const { day } = filing
  const ofDesk: DatedAsk = { kind: 'desk', key: 'shipments', day }
  const desk = known(dossier.history, ofDesk)
  const seen = known(dossier.history, { ...asked, day })
  if (seen.before > 0) return
  const isThin = desk.before + desk.here < needed
  if (desk.before < needed) hang(ofDesk, needed, isThin)
  const isOfLargeDay = desk.before < needed && !isThin
  if (isOfLargeDay && isAlone(seen)) hang({ ...asked, day }, 2, true)
  else hang({ ...asked, day }, 1)
}

function isAlone({ before, here }: KeyHistory): boolean {
  return before === 0 && here <= 1
}

function hangParties(at: OfFiling, { needed = 0, neededOfPair = 0 }: Given): void {
  const { dossier, filing, hang } = at
  const { statement, day } = filing
  for (const { key } of companiesOf(statement, 'consignor', 'consignee', 'forwarder')) hangNewness(at, { kind: 'party', key }, needed)
  const pair = pairOf(statement)
  if (pair === undefined || known(dossier.history, { kind: 'pair', key: pair, day }).before > 0) return
  const traders = companiesOf(statement, 'consignor', 'consignee')
  // While one of them is little known, the pair is not asked about.
  if (!traders.some(({ key }) => hangBelow(at, { kind: 'party', key, day }, neededOfPair))) hang({ kind: 'pair', key: pair, day }, 1)
}

function hangGoods(at: OfFiling, { needed = 0 }: Given): void {
  const { statement, day } = at.filing
  for (const { key } of companiesOf(statement, 'consignor', 'consignee')) {
    if (hangBelow(at, { kind: 'party', key, day }, needed)) continue
    for (const { heading } of headingsOf(statement.hsCodes, 2)) hangBelow(at, { kind: 'party-goods', key: `${key}|${heading}`, day }, 1)
  }
}

function hangRoute(at: OfFiling, { needed = 0, neededOfCompany = 0 }: Given): void {
  const { statement, day } = at.filing
  const route = routeOf(statement)
  if (route === undefined) return
  for (const { key } of companiesOf(statement, 'consignor')) {
    if (hangBelow(at, { kind: 'party', key, day }, neededOfCompany)) continue
    // Of the first that is well known its own routes are asked, and nothing else.
    hangBelow(at, { kind: 'party-route', key: `${key}|${route.name}`, day }, 1)
    return
  }
  hangNewness(at, { kind: 'route', key: route.name }, needed)
}

function hangTranshipment(at: OfFiling, { needed = 0, share = 0 }: Given, verdict: Evaluation): void {
  const { dossier, filing, hang } = at
  const { statement, day } = filing
  const route = routeOf(statement)
  if (route === undefined) return
  const lane: DatedAsk = { kind: 'lane', key: route.name, day }
  for (const via of viasOf(statement.places)) {
    const way: DatedAsk = { kind: 'lane-via', key: `${route.name}|${via.value.toUpperCase()}`, day }
    if (hangBelow(at, lane, needed)) continue
    // A signal says how many there were: it is told anew with each.
    if (verdict.kind === 'signal') for (const each of [lane, way]) hang(each, undefined)
    else if (share > 0) hang(lane, Math.floor(known(dossier.history, way).before / share) + 1)
  }
}

function hangSilence({ dossier, filing, hang }: OfFiling, verdict: Evaluation): void {
  for (const { key } of companiesOf(filing.statement, 'consignor', 'consignee')) {
    const party: DatedAsk = { kind: 'party', key, day: filing.day }
    if (verdict.kind === 'signal') hang(party, undefined)
    else if (known(dossier.history, party).before === 0) hang(party, 1)
  }
}
