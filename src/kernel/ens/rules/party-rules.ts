/**
 * Rules of the parties. Without a trader number the five parts of the address are required; with a British number they are forbidden,
 * because the register has them; with a foreign number they are required again.
 */
import { childOf, has, textIn } from '../declaration.ts'
import { type EnsRule, rulesAt } from '../rule.ts'

interface PartyGroup {
  readonly path: string
  readonly name: string
  readonly trader: string
  /** Name, street, postcode, city, country: in this order everywhere below. */
  readonly parts: readonly [string, string, string, string, string]
  /** First of five neighbouring error numbers each. */
  readonly withoutTrader: number
  readonly foreignTrader: number
  readonly britishTrader: number
}

const PART_NAMES = ['name', 'street and number', 'postcode', 'city', 'country']

const GROUPS: readonly PartyGroup[] = [
  {
    path: 'TRACONCO1',
    name: 'consignor',
    trader: 'TINCO159',
    parts: ['NamCO17', 'StrAndNumCO122', 'PosCodCO123', 'CitCO124', 'CouCO125'],
    withoutTrader: 8120,
    foreignTrader: 8220,
    britishTrader: 8626,
  },
  {
    path: 'TRACONCE1',
    name: 'consignee',
    trader: 'TINCE159',
    parts: ['NamCE17', 'StrAndNumCE122', 'PosCodCE123', 'CitCE124', 'CouCE125'],
    withoutTrader: 8125,
    foreignTrader: 8225,
    britishTrader: 8631,
  },
  {
    path: 'NOTPAR670',
    name: 'notify party',
    trader: 'TINNOTPAR671',
    parts: ['NamNOTPAR672', 'StrNumNOTPAR673', 'PosCodNOTPAR676', 'CitNOTPAR674', 'CouCodNOTPAR675'],
    withoutTrader: 8130,
    foreignTrader: 8230,
    britishTrader: 8636,
  },
  {
    path: 'GOOITEGDS/TRACONCO2',
    name: 'consignor of the goods item',
    trader: 'TINCO259',
    parts: ['NamCO27', 'StrAndNumCO222', 'PosCodCO223', 'CitCO224', 'CouCO225'],
    withoutTrader: 8137,
    foreignTrader: 8237,
    britishTrader: 8641,
  },
  {
    path: 'GOOITEGDS/TRACONCE2',
    name: 'consignee of the goods item',
    trader: 'TINCE259',
    parts: ['NamCE27', 'StrAndNumCE222', 'PosCodCE223', 'CitCE224', 'CouCE225'],
    withoutTrader: 8142,
    foreignTrader: 8242,
    britishTrader: 8646,
  },
  {
    path: 'GOOITEGDS/PRTNOT640',
    name: 'notify party of the goods item',
    trader: 'TINPRTNOT641',
    parts: ['NamPRTNOT642', 'StrNumPRTNOT646', 'PstCodPRTNOT644', 'CtyPRTNOT643', 'CouCodGINOT647'],
    withoutTrader: 8154,
    foreignTrader: 8254,
    britishTrader: 8651,
  },
  {
    path: 'TRACARENT601',
    name: 'entry carrier',
    trader: 'TINTRACARENT602',
    parts: ['NamTRACARENT604', 'StrNumTRACARENT607', 'PstCodTRACARENT606', 'CtyTRACARENT603', 'CouCodTRACARENT605'],
    withoutTrader: 8159,
    foreignTrader: 8259,
    britishTrader: 8666,
  },
]

/** Parties that always have a number: their address is never stated. */
const NUMBERED: readonly (readonly [path: string, name: string, first: number, parts: PartyGroup['parts']])[] = [
  ['TRAREP', 'representative', 8656, ['NamTRE1', 'StrAndNumTRE1', 'PosCodTRE1', 'CitTRE1', 'CouCodTRE1']],
  ['PERLODSUMDEC', 'person lodging the declaration', 8661, ['NamPLD1', 'StrAndNumPLD1', 'PosCodPLD1', 'CitPLD1', 'CouCodPLD1']],
]

export const PARTY_RULES: readonly EnsRule[] = [...GROUPS.flatMap(rulesOf), ...NUMBERED.flatMap(neverWithAddress)]

function rulesOf(group: PartyGroup): EnsRule[] {
  const isForeign = (trader: string | undefined) => trader !== undefined && !trader.startsWith('GB')
  return group.parts.flatMap((part, index) => {
    const what = `${PART_NAMES[index] ?? ''} of the ${group.name}`
    return [
      ...rulesAt(group.path, [
        [
          group.withoutTrader + index,
          `Without a trader number the ${what} is required.`,
          ({ here }) => !has(here, group.trader) && !has(here, part),
        ],
        [
          group.foreignTrader + index,
          `With a trader number of another country the ${what} is required.`,
          ({ here }) => isForeign(textIn(here, group.trader)) && !has(here, part),
        ],
      ]),
      ...rulesAt(`${group.path}/${part}`, [
        [
          group.britishTrader + index,
          `With a British trader number the ${what} is not stated.`,
          (view) => textIn(holderOf(group.path, view), group.trader)?.startsWith('GB') === true,
        ],
      ]),
    ]
  })
}

function neverWithAddress([path, name, first, parts]: (typeof NUMBERED)[number]): EnsRule[] {
  return parts.flatMap((part, index) =>
    rulesAt(`${path}/${part}`, [
      [first + index, `The ${PART_NAMES[index] ?? ''} of the ${name} is not stated: the number says it.`, () => true],
    ]),
  )
}

/** The party that an address part of the view belongs to. A party occurs at most once where it stands. */
function holderOf(path: string, { item, facts }: Parameters<EnsRule['isBroken']>[0]) {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return item === undefined ? facts.top.get(name) : childOf(item, name)
}
