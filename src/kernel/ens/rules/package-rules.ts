/** Rules of the packages of a goods item. Kinds by UN/ECE recommendation 21. */
import { decimalOf, has, textIn } from '../declaration.ts'
import { type EnsRule, rulesAt } from '../rule.ts'
import { hasLeadingZero } from './number-form.ts'

export const BULK: ReadonlySet<string | undefined> = new Set(['VQ', 'VG', 'VL', 'VY', 'VR', 'VS', 'VO'])
const UNPACKED: ReadonlySet<string | undefined> = new Set(['NE', 'NF', 'NG'])

type View = Parameters<EnsRule['isBroken']>[0]

export const PACKAGE_RULES: readonly EnsRule[] = [
  ...rulesAt('GOOITEGDS/PACGS2', [
    [
      8149,
      'Goods in bulk have no number of packages or pieces.',
      (view) => BULK.has(kindOf(view)) && (hasPackages(view) || hasPieces(view)),
    ],
    [
      8150,
      'Unpacked goods have a number of pieces and none of packages.',
      (view) => UNPACKED.has(kindOf(view)) && (!hasPieces(view) || hasPackages(view)),
    ],
    [
      8151,
      'Packed goods have a number of packages and none of pieces.',
      (view) => isPacked(view) && (!hasPackages(view) || hasPieces(view)),
    ],
    [
      8152,
      'Packed goods have marks and numbers, unless a circumstance is stated.',
      (view) => isPacked(view) && view.facts.circumstance === undefined && !has(view.here, 'MarNumOfPacGSL21'),
    ],
    [
      8153,
      'Packages counted as 0 are counted elsewhere under the same marks and numbers.',
      ({ here, facts }) => decimalOf(textIn(here, 'NumOfPacGS24')) === 0 && !facts.countedMarks.has(textIn(here, 'MarNumOfPacGSL21') ?? ''),
    ],
  ]),
  ...rulesAt('GOOITEGDS/PACGS2/NumOfPacGS24', [
    [8680, 'The number of packages has no leading zero.', ({ here }) => hasLeadingZero(here.text)],
  ]),
  ...rulesAt('GOOITEGDS/PACGS2/NumOfPieGS25', [
    [8681, 'The number of pieces has no leading zero.', ({ here }) => hasLeadingZero(here.text)],
  ]),
]

function kindOf({ here }: View): string | undefined {
  return textIn(here, 'KinOfPacGS23')
}

function hasPackages({ here }: View): boolean {
  return has(here, 'NumOfPacGS24')
}

function hasPieces({ here }: View): boolean {
  return has(here, 'NumOfPieGS25')
}

function isPacked(view: View): boolean {
  const kind = kindOf(view)
  return !BULK.has(kind) && !UNPACKED.has(kind)
}
