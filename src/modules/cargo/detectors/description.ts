/** I8: the description of the goods is a stop-word that says nothing, or its words are hardly ever used for the declared heading. */
import { comparedWith, isThin } from '#kernel/cargo-history/comparison-window.ts'
import { goodsWords } from '#kernel/cargo-history/goods-words.ts'
import { countIn } from '#kernel/cargo-history/tally-bins.ts'
import type { Evaluation } from '#kernel/signal/signal.ts'
import { type CargoDetector, CLEAR, COMMON, type ContainerDossier, fact, missing, signal } from './dossier.ts'
import { monthOf, type TallyKind, tally } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { headingsOf } from './statement-parts.ts'

/** Descriptions that customs guidance names as unacceptable, in the languages of the trade. Source: Union guidance on acceptable terms for goods descriptions (paraphrased list), from practice; policy. */
const STOP_WORDS: ReadonlySet<string> = new Set([
  'general cargo',
  'carga general',
  'freight of all kinds',
  'fak',
  'said to contain',
  'stc',
  'goods',
  'mercancias',
  'mercancia',
  'merchandise',
  'parts',
  'auto parts',
  'machine parts',
  'spare parts',
  'repuestos',
  'consolidated',
  'consolidated cargo',
  'samples',
  'muestras',
  'personal effects',
  'household goods',
  'various',
  'varios',
  'miscellaneous',
  'equipment',
  'equipos',
  'products',
  'productos',
  'cargo',
  'as per attached',
  'as per invoice',
  'food',
  'foodstuff',
  'textiles',
  'chemicals',
])
const QUANTITY = /\b\d+(?:[.,]\d+)?\s*(?:kgs?|pcs|pieces|ctns?|cartons?|pallets?|cajas|bultos|boxes|units)?\b/g

export const description: CargoDetector = {
  ...COMMON,
  code: 'I8',
  id: 'cargo.description',
  title: 'Description of the goods',
  parameters: { neededOfHeading: 50, neededOfWord: 20, share: 0.02 },
  inputs: ['description of the goods', 'HS heading', 'words used for the heading before'],
  knownLimits:
    'Knows English and Spanish stop-words only; a precise but false description passes. Words are held against a heading from 50 shipments of the heading and 20 of the word in the twelve months before on; while those are fewer, the month of the bill counts, too; a true description in a language that is new here looks strange.',
  innocentAlternatives: ['Groupage whose details are in the house bills', 'A carrier’s system that cuts the text'],
  evaluate(dossier, parameters) {
    const { sightings, consignments } = presentJourney(dossier)
    const stated = [
      ...newestFilings(consignments).flatMap(({ statement }) => statement.goods),
      ...sightings.flatMap(({ sighting }) => (sighting.fullness === 'empty' ? [] : sighting.goods)),
    ].filter(
      // BAPLIE group codes and box markers are no descriptions.
      (goods) => goods.value.trim() !== '' && !/^(?:MT|HS|\d{4,10})$/i.test(goods.value.trim()),
    )
    if (stated.length === 0) return missing('description of the goods')
    const vague = stated.find((goods) => STOP_WORDS.has(normalise(goods.value)))
    if (vague !== undefined) return signal(`"${vague.value}" does not say what the goods are.`, fact('description', vague))
    return strange(dossier, parameters) ?? CLEAR
  },
}

/** Words that are well known here, which are hardly ever used for the heading, although the heading is well known too. */
function strange(
  dossier: ContainerDossier,
  { neededOfHeading = 50, neededOfWord = 20, share = 0.02 }: Readonly<Record<string, number>>,
): Evaluation | undefined {
  for (const { statement, day } of newestFilings(presentJourney(dossier).consignments)) {
    const headings = headingsOf(statement.hsCodes, 4)
    const goods = statement.goods[0]
    const first = headings[0]
    // Of several goods in one bill nobody says which words belong to which.
    if (
      goods === undefined ||
      first === undefined ||
      statement.goods.length > 1 ||
      headings.some(({ heading }) => heading !== first.heading)
    )
      continue
    const of = (kind: TallyKind, key: string) => tally(dossier.history, { kind, key, month: monthOf(day) })
    const thin = isThin(of('goods', first.heading), neededOfHeading)
    const countOf = (kind: TallyKind, key: string) => countIn(comparedWith(of(kind, key), thin))
    const words = goodsWords(goods.value).filter((word) => countOf('word', word) >= neededOfWord)
    const seen = countOf('goods', first.heading)
    const most = Math.max(1, share * seen)
    // The shipment itself may be among those counted, and others like it.
    if (words.length === 0 || seen < neededOfHeading || words.some((word) => countOf('goods-word', `${first.heading}|${word}`) > most))
      continue
    return signal(
      `"${goods.value}" is hardly ever used here for goods of heading ${first.heading}.`,
      fact('description', goods),
      fact('HS code', first.code),
      { name: `shipments of heading ${first.heading}`, value: seen },
    )
  }
  return undefined
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(QUANTITY, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
}
