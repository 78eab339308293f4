/** Rules of the header: means of transport at the border, special circumstances, totals. */
import { decimalOf, type EnsFacts, has, textIn } from '../declaration.ts'
import { type EnsRule, rulesAt, WITH_TOTALS } from '../rule.ts'
import { decimalRules, hasLeadingZero, isSigned } from './number-form.ts'
import { BULK } from './package-rules.ts'

const MODES: ReadonlySet<number | undefined> = new Set([1, 2, 3, 4, 8, 10, 11])
const ROAD_SIDE: ReadonlySet<number | undefined> = new Set([3, 10, 11])
const NOT_WITH_C: ReadonlySet<number | undefined> = new Set([1, 2, 4, 8, 10, 11])
const NOT_WITH_D: ReadonlySet<number | undefined> = new Set([1, 3, 4, 8, 10, 11])
/** Airline of up to three signs, up to four digits, at most one letter. */
const FLIGHT = /^[A-Za-z0-9]{1,3}[0-9]{1,4}[A-Za-z]?$/
const TRANSFER = /^XFER[A-Za-z0-9]+(?:[:-][A-Za-z0-9]+)?$/
/** IMO number of seven digits or European vessel number of eight. */
const VESSEL = /^[0-9]{7,8}$/

export function isVesselNumber(text: string | undefined): boolean {
  return text !== undefined && VESSEL.test(text)
}

export function isOnWater({ mode }: EnsFacts): boolean {
  return mode === 1 || mode === 8
}

export const HEADER_RULES: readonly EnsRule[] = [
  ...rulesAt('HEAHEA', [
    [8107, 'By sea or inland waterway the means of transport is named.', ({ facts }) => isOnWater(facts) && !facts.crossesBorderNamed],
    [8111, 'Circumstance C does not go with this mode of transport.', ({ facts }) => startsWith(facts, 'C') && NOT_WITH_C.has(facts.mode)],
    [8112, 'Circumstance D does not go with this mode of transport.', ({ facts }) => startsWith(facts, 'D') && NOT_WITH_D.has(facts.mode)],
    [8689, 'The mode of transport is 1, 2, 3, 4, 8, 10 or 11.', ({ facts }) => !MODES.has(facts.mode)],
    [8690, 'The mode of transport has no leading zero.', ({ here }) => hasLeadingZero(textIn(here, 'TraModAtBorHEA76'))],
    [8113, 'By air the means of transport is not named in the header.', ({ facts }) => facts.mode === 4 && facts.crossesBorderNamed],
    [
      8114,
      'A vessel is named by its IMO number of seven digits or its European number of eight.',
      ({ here, facts }) => isOnWater(facts) && facts.crossesBorderNamed && !isVesselNumber(textIn(here, 'IdeOfMeaOfTraCroHEA85')),
    ],
    [
      8115,
      'The nationality is stated only by road and for a means of transport that is named.',
      ({ here, facts }) => has(here, 'NatOfMeaOfTraCroHEA87') && !(ROAD_SIDE.has(facts.mode) && facts.crossesBorderNamed),
    ],
    [
      8206,
      'The total number of items is the number of goods items.',
      ({ here, facts }) => isOther(textIn(here, 'TotNumOfIteHEA305'), facts.items.length),
    ],
    [8671, 'The total number of items has no leading zero.', ({ here }) => hasLeadingZero(textIn(here, 'TotNumOfIteHEA305'))],
    [8672, 'The total number of packages has no leading zero.', ({ here }) => hasLeadingZero(textIn(here, 'TotNumOfPacHEA306'))],
    [8673, 'The total gross mass has no sign.', ({ here }) => isSigned(textIn(here, 'TotGroMasHEA307'))],
    [
      8118,
      'By air the conveyance reference is a flight number.',
      ({ here, facts }) => facts.mode === 4 && !FLIGHT.test(textIn(here, 'ConRefNumHEA') ?? ''),
    ],
    [8691, 'The circumstance is C, D or E.', ({ facts }) => facts.circumstance !== undefined && !/^[CDE]$/.test(facts.circumstance)],
    [
      8685,
      'A transfer reference is XFER with signs, and at most one further part after a colon or hyphen.',
      ({ here, facts }) => facts.mode === 1 && isOtherTransfer(textIn(here, 'ConRefNumHEA')),
    ],
    [
      8686,
      'The total gross mass is not below the sum of the goods items.',
      ({ here, facts }) => isBelowSum(textIn(here, 'TotGroMasHEA307'), facts),
    ],
  ]),
  ...rulesAt(
    'HEAHEA',
    [
      [
        8108,
        'By road the nationality of the named means of transport is stated.',
        ({ here, facts }) => ROAD_SIDE.has(facts.mode) && facts.crossesBorderNamed && !has(here, 'NatOfMeaOfTraCroHEA87'),
      ],
      [
        8109,
        'With packages their total number is stated.',
        ({ here, facts }) => facts.packages.length > 0 && !has(here, 'TotNumOfPacHEA306'),
      ],
      [
        8116,
        'Without packages no total number of them is stated.',
        ({ here, facts }) => facts.packages.length === 0 && has(here, 'TotNumOfPacHEA306'),
      ],
      [
        8117,
        'The total number of packages is the sum of packages and pieces, with one for each kind in bulk.',
        ({ here, facts }) => isOther(textIn(here, 'TotNumOfPacHEA306'), packagesOf(facts)),
      ],
    ],
    WITH_TOTALS,
  ),
  ...decimalRules('HEAHEA/TotGroMasHEA307'),
]

function startsWith({ circumstance }: EnsFacts, letter: string): boolean {
  return circumstance?.startsWith(letter) === true
}

function isOther(stated: string | undefined, counted: number): boolean {
  const number = decimalOf(stated)
  return number !== undefined && number !== counted
}

function isOtherTransfer(reference: string | undefined): boolean {
  return reference?.startsWith('XFER') === true && !TRANSFER.test(reference)
}

function packagesOf({ packages }: EnsFacts): number {
  let sum = 0
  for (const each of packages) {
    sum += (decimalOf(textIn(each, 'NumOfPacGS24')) ?? 0) + (decimalOf(textIn(each, 'NumOfPieGS25')) ?? 0)
    if (BULK.has(textIn(each, 'KinOfPacGS23'))) sum++
  }
  return sum
}

/** Thousandths, so that 0.1 + 0.2 is 0.3. A mass that is no plain number leaves the sum unknown, and the rule unbroken. */
function isBelowSum(total: string | undefined, { items }: EnsFacts): boolean {
  const stated = decimalOf(total)
  if (stated === undefined) return false
  let sum = 0
  for (const item of items) {
    const text = textIn(item, 'GroMasGDS46')
    const mass = text === undefined ? 0 : decimalOf(text)
    if (mass === undefined) return false
    sum += Math.round(mass * 1000)
  }
  return Math.round(stated * 1000) < sum
}
