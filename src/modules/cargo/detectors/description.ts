/** I8: the description of the goods is a stop-word that says nothing. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

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
  id: 'cargo.description',
  title: 'Description of the goods',
  parameters: {},
  inputs: ['description of the goods'],
  knownLimits: 'Knows English and Spanish stop-words only; a precise but false description passes.',
  innocentAlternatives: ['Groupage whose details are in the house bills', 'A carrier’s system that cuts the text'],
  evaluate(dossier) {
    const stated = [
      ...dossier.consignments.flatMap(({ statement }) => statement.goods),
      ...dossier.sightings.flatMap(({ sighting }) => (sighting.fullness === 'empty' ? [] : sighting.goods)),
    ].filter(
      // BAPLIE group codes and box markers are no descriptions.
      (goods) => goods.value.trim() !== '' && !/^(?:MT|HS|\d{4,10})$/i.test(goods.value.trim()),
    )
    if (stated.length === 0) return missing('description of the goods')
    const vague = stated.find((goods) => STOP_WORDS.has(normalise(goods.value)))
    return vague === undefined ? CLEAR : signal(`"${vague.value}" does not say what the goods are.`, fact('description', vague))
  },
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(QUANTITY, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
}
