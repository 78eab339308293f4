import { describe, expect, it } from 'vitest'
import { checkEnsRules } from './check.ts'
import type { EnsElement } from './declaration.ts'
import type { EnsMessage } from './rule.ts'
import { ENS_RULES } from './rules/index.ts'

type Tree = { readonly [name: string]: string | Tree | readonly Tree[] }

/** Elements from plain objects; a list repeats its name. */
function elements(tree: Tree): EnsElement[] {
  return Object.entries(tree).flatMap(([name, content]) => {
    const contents = Array.isArray(content) ? (content as readonly Tree[]) : [content as string | Tree]
    return contents.map((each, index) => ({
      name,
      occurrence: index + 1,
      text: typeof each === 'string' ? each : '',
      children: typeof each === 'string' ? [] : elements(each),
    }))
  })
}

const HEADER = {
  TraModAtBorHEA76: '1',
  IdeOfMeaOfTraCroHEA85: '9321483',
  TotNumOfIteHEA305: '1',
  TotNumOfPacHEA306: '5',
  PlaLoaGOOITE334: 'ECGYE',
  PlaUnlGOOITE334: 'BEANR',
  TotGroMasHEA307: '100',
  ComRefNumHEA: 'C1',
}
const ITEM = { IteNumGDS7: '1', GooDesGDS23: 'bananas', PACGS2: { KinOfPacGS23: 'CT', NumOfPacGS24: '5', MarNumOfPacGSL21: 'A' } }
const DECLARATION = {
  MesSenMES3: 'GBCD1234/1234567890',
  HEAHEA: HEADER,
  TRACONCE1: { TINCE159: 'GB1' },
  GOOITEGDS: [ITEM],
  ITI: [{ CouOfRouCodITI1: 'EC' }, { CouOfRouCodITI1: 'BE' }],
  PERLODSUMDEC: { TINPLD1: 'GB2' },
  CUSOFFFENT730: { RefNumCUSOFFFENT731: 'BE000001' },
}

function numbersOf(tree: Tree, message: EnsMessage = 'CC315A'): number[] {
  const root = { name: 'CC315A', occurrence: 1, text: '', children: elements(tree) }
  return checkEnsRules(root, message).findings.map(({ number }) => number)
}

describe('the business rules of the entry summary declaration', () => {
  it('find nothing in a declaration that keeps them', () => {
    expect(numbersOf(DECLARATION)).toEqual([])
  })

  it('have 182 error numbers', () => {
    expect(new Set(ENS_RULES.map(({ number }) => number)).size).toBe(182)
  })

  it('count packages and pieces, and one for each kind in bulk', () => {
    const bulk = { KinOfPacGS23: 'VQ', MarNumOfPacGSL21: 'B' }
    expect(numbersOf({ ...DECLARATION, GOOITEGDS: [{ ...ITEM, PACGS2: [ITEM.PACGS2, bulk] }] })).toEqual([8117])
    expect(
      numbersOf({ ...DECLARATION, HEAHEA: { ...HEADER, TotNumOfPacHEA306: '6' }, GOOITEGDS: [{ ...ITEM, PACGS2: [ITEM.PACGS2, bulk] }] }),
    ).toEqual([])
  })

  it('do not ask for totals in the form that leaves them out', () => {
    const { TotNumOfPacHEA306: _total, ...without } = HEADER
    expect(numbersOf({ ...DECLARATION, HEAHEA: without })).toEqual([8109])
    expect(numbersOf({ ...DECLARATION, HEAHEA: without }, 'CC315A-New')).toEqual([])
  })

  it('treat a consignee with a British, a foreign and no number differently', () => {
    expect(numbersOf({ ...DECLARATION, TRACONCE1: { TINCE159: 'GB1', CitCE124: 'London' } })).toEqual([8634])
    expect(numbersOf({ ...DECLARATION, TRACONCE1: { TINCE159: 'FR1' } })).toEqual([8225, 8226, 8227, 8228, 8229])
    expect(numbersOf({ ...DECLARATION, TRACONCE1: {} })).toEqual([8125, 8126, 8127, 8128, 8129])
  })

  it('turn consignee and notify party round for goods to order', () => {
    const toOrder = { ...ITEM, SPEMENMT2: { AddInfCodMT23: '10600' } }
    expect(numbersOf({ ...DECLARATION, GOOITEGDS: [toOrder] })).toEqual([8622, 8204])
  })

  it('see thousandths in masses as they are written', () => {
    const masses = (total: string, items: readonly string[]) =>
      numbersOf({
        ...DECLARATION,
        HEAHEA: { ...HEADER, TotGroMasHEA307: total, TotNumOfIteHEA305: String(items.length), TotNumOfPacHEA306: String(5 * items.length) },
        GOOITEGDS: items.map((mass, index) => ({ ...ITEM, IteNumGDS7: String(index + 1), GroMasGDS46: mass })),
      })
    expect(masses('0.3', ['0.1', '0.2'])).toEqual([])
    expect(masses('0.299', ['0.1', '0.2'])).toEqual([8686])
  })

  it('name the element by a path with occurrences, and count what is beyond the limit', () => {
    const items = [ITEM, { ...ITEM, IteNumGDS7: '02' }, { ...ITEM, IteNumGDS7: '03' }]
    const root = { name: 'CC315A', occurrence: 1, text: '', children: elements({ ...DECLARATION, GOOITEGDS: items }) }
    const { findings, more } = checkEnsRules(root, 'CC315A', 3)
    expect(findings).toHaveLength(3)
    expect(more).toBe(1)
    expect(checkEnsRules(root, 'CC315A').findings.map(({ number, location }) => `${number} ${location}`)).toContain(
      '8678 /GOOITEGDS[2]/IteNumGDS7[1]',
    )
  })
})
