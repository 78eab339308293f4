/** Rules of the declaration as a whole: counts, order, sender and offices. */
import { childrenOf, decimalOf, type EnsElement, has, textIn } from '../declaration.ts'
import { type EnsRule, NEW_DECLARATIONS, rulesAt } from '../rule.ts'

const MOST_ITEMS = 999
const MOST_SEALS = 9999
const SENDER = /^[A-Z]{2}[^\n\r]{1,15}\/[0-9]{10}$/

export const DECLARATION_RULES: readonly EnsRule[] = [
  ...rulesAt('', [
    [8193, 'Consignors of goods items are at least two and not all the same.', ({ facts }) => areOneConsignor(facts.items)],
    [8102, 'Goods items are numbered 1, 2, 3 … without a gap.', ({ facts }) => !areNumbered(facts.items)],
    [8611, 'A declaration has at most 999 goods items.', ({ facts }) => facts.items.length > MOST_ITEMS],
    [8688, 'A declaration states packages.', ({ facts }) => facts.packages.length === 0],
    [8617, 'A declaration has at most 9,999 seals.', ({ here }) => childrenOf(here, 'SEAID529').length > MOST_SEALS],
    [8684, 'The itinerary names at least two countries.', ({ here }) => childrenOf(here, 'ITI').length < 2],
  ]),
  ...rulesAt('MesSenMES3', [
    [4065, 'The sender is a trader number, a stroke and ten digits.', ({ here }) => !SENDER.test(here.text.trim())],
  ]),
  ...rulesAt('PERLODSUMDEC/TINPLD1', [
    [8692, 'The number of the person lodging the declaration begins with GB.', ({ here }) => !here.text.trim().startsWith('GB')],
  ]),
  ...rulesAt('TRACARENT601/TINTRACARENT602', [
    [
      8195,
      'The entry carrier is stated only when it is not the person lodging the declaration.',
      ({ here, facts }) => here.text.trim() === textIn(facts.top.get('PERLODSUMDEC'), 'TINPLD1'),
    ],
  ]),
  ...rulesAt(
    'CUSOFFLON/RefNumCOL1',
    [
      [
        8616,
        'The office of lodgement is stated only when it is not the office of first entry.',
        ({ here, facts }) => here.text.trim() === textIn(facts.top.get('CUSOFFFENT730'), 'RefNumCUSOFFFENT731'),
      ],
    ],
    NEW_DECLARATIONS,
  ),
]

/** True when consignors stand at items, but they are one: it belongs to the whole declaration then. */
function areOneConsignor(items: readonly EnsElement[]): boolean {
  const consignors = items.flatMap((item) => childrenOf(item, 'TRACONCO2'))
  if (consignors.length === 0) return false
  const first = sameness(consignors[0] as EnsElement)
  return consignors.length < 2 || consignors.every((each) => sameness(each) === first)
}

/** As written: blanks tell two parties apart here, as they do in the gateway. */
function sameness(party: EnsElement): string {
  return JSON.stringify(party.children.map((child) => `${child.name} ${child.text}`).toSorted())
}

function areNumbered(items: readonly EnsElement[]): boolean {
  return items.every((item, index) => !has(item, 'IteNumGDS7') || decimalOf(textIn(item, 'IteNumGDS7')) === index + 1)
}
