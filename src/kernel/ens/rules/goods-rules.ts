/** Rules of goods items and of what is stated either for the whole declaration or for each item, never for both. */
import { childOf, childrenOf, type EnsElement, has, isToOrder } from '../declaration.ts'
import { type EnsRule, rulesAt } from '../rule.ts'
import { isOnWater, isVesselNumber } from './header-rules.ts'
import { decimalRules, hasLeadingZero, isSigned } from './number-form.ts'

const MOST_MEANS = 999
const NUMBERED_CARRIER: ReadonlySet<number | undefined> = new Set([1, 4, 8, 10, 11])

type View = Parameters<EnsRule['isBroken']>[0]

export const GOODS_RULES: readonly EnsRule[] = [
  ...rulesAt('GOOITEGDS', [
    [8207, 'Goods have a commodity code or a description.', ({ here }) => !has(here, 'COMCODGODITM') && !has(here, 'GooDesGDS23')],
    [
      8687,
      'The place of unloading is stated, for the declaration or the item.',
      ({ here, facts }) => !has(here, 'PlaUnlGOOITE333') && !has(facts.header, 'PlaUnlGOOITE334') && facts.circumstance !== 'E',
    ],
    [
      8199,
      'The means of transport is named, for the declaration or the item.',
      ({ here, facts }) => !has(here, 'IDEMEATRAGI970') && !facts.crossesBorderNamed && facts.mode !== 4,
    ],
    [
      8622,
      'To-order goods have a notify party, for the declaration or the item.',
      ({ here, facts }) => isToOrder(here) && !has(here, 'PRTNOT640') && !facts.top.has('NOTPAR670'),
    ],
    [
      8623,
      'Goods that are not to order have a consignee, for the declaration or the item.',
      ({ here, facts }) => !isToOrder(here) && !has(here, 'TRACONCE2') && !facts.top.has('TRACONCE1'),
    ],
    [8612, 'An item names at most 999 means of transport.', ({ here }) => childrenOf(here, 'IDEMEATRAGI970').length > MOST_MEANS],
    [
      8103,
      'The gross mass is stated, for the declaration or the item.',
      ({ here, facts }) => !has(here, 'GroMasGDS46') && facts.circumstance !== 'E' && !has(facts.header, 'TotGroMasHEA307'),
    ],
    [
      8104,
      'The place of loading is stated, for the declaration or the item.',
      ({ here, facts }) => !has(here, 'PlaLoaGOOITE333') && !has(facts.header, 'PlaLoaGOOITE334'),
    ],
    [
      8170,
      'Without a commercial reference the item has a document.',
      ({ here, facts }) => !has(here, 'PRODOCDC2') && !has(here, 'ComRefNumGIM1') && !has(facts.header, 'ComRefNumHEA'),
    ],
  ]),
  ...rulesAt('GOOITEGDS/IteNumGDS7', [[8678, 'The item number has no leading zero.', ({ here }) => hasLeadingZero(here.text)]]),
  ...decimalRules('GOOITEGDS/GroMasGDS46'),
  ...rulesAt('GOOITEGDS/GroMasGDS46', [[8679, 'The gross mass has no sign.', ({ here }) => isSigned(here.text)]]),
  ...rulesAt('GOOITEGDS/MetOfPayGDI12', [
    [8135, 'The method of payment stands in one place.', ({ facts }) => has(facts.header, 'TraChaMetOfPayHEA1')],
  ]),
  ...rulesAt('GOOITEGDS/PlaLoaGOOITE333', [
    [8136, 'The place of loading stands in one place.', ({ facts }) => has(facts.header, 'PlaLoaGOOITE334')],
  ]),
  ...rulesAt('GOOITEGDS/PlaUnlGOOITE333', [
    [8171, 'The place of unloading stands in one place.', ({ facts }) => has(facts.header, 'PlaUnlGOOITE334')],
  ]),
  ...rulesAt('TRACONCO1', [
    [8119, 'The consignor stands in one place.', ({ facts }) => facts.items.some((item) => has(item, 'TRACONCO2'))],
  ]),
  ...rulesAt('GOOITEGDS/TRACONCO2', [[8119, 'The consignor stands in one place.', ({ facts }) => facts.top.has('TRACONCO1')]]),
  ...rulesAt('TRACONCE1', [
    [8204, 'With goods to order the declaration has no consignee.', ({ facts }) => facts.hasToOrder],
    [
      8105,
      'In circumstance E the consignee has a trader number.',
      ({ here, facts }) => facts.circumstance === 'E' && !has(here, 'TINCE159'),
    ],
  ]),
  ...rulesAt('GOOITEGDS/TRACONCE2', [
    [8624, 'Goods to order have no consignee.', ({ item }) => isItemToOrder(item)],
    [8625, 'The consignee stands in one place.', ({ facts }) => facts.top.has('TRACONCE1')],
    [
      8208,
      'In circumstance E the consignee has a trader number.',
      ({ here, facts }) => facts.circumstance === 'E' && !has(here, 'TINCE259'),
    ],
  ]),
  ...rulesAt('NOTPAR670', [
    [8619, 'The declaration has a notify party only when all its goods are to order.', ({ facts }) => !facts.allToOrder],
  ]),
  ...rulesAt('GOOITEGDS/PRTNOT640', [
    [8620, 'Only goods to order have a notify party.', ({ item }) => !isItemToOrder(item)],
    [8621, 'The notify party stands in one place.', ({ facts }) => facts.top.has('NOTPAR670')],
  ]),
  ...rulesAt('GOOITEGDS/IDEMEATRAGI970', [
    [
      8147,
      'The nationality of the means of transport is stated, except by rail.',
      ({ here, facts }) => facts.mode !== 2 && !has(here, 'NatIDEMEATRAGI973'),
    ],
    [
      8198,
      'The means of transport stands in one place, and not in the item by air.',
      ({ facts }) => facts.crossesBorderNamed || facts.mode === 4,
    ],
  ]),
  ...rulesAt('GOOITEGDS/IDEMEATRAGI970/IdeMeaTraGIMEATRA971', [
    [
      8114,
      'A vessel is named by its IMO number of seven digits or its European number of eight.',
      ({ here, facts }) => isOnWater(facts) && !isVesselNumber(here.text.trim()),
    ],
  ]),
  ...rulesAt('TRACARENT601', [
    [8164, 'On this mode of transport the entry carrier has a trader number.', (view) => lacksCarrierNumber(view)],
  ]),
]

function isItemToOrder(item: EnsElement | undefined): boolean {
  return item !== undefined && isToOrder(item)
}

function lacksCarrierNumber({ here, facts }: View): boolean {
  return NUMBERED_CARRIER.has(facts.mode) && childOf(here, 'TINTRACARENT602') === undefined
}
