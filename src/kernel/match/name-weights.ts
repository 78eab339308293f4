/**
 * What each feature weighs, in log-odds: one table for names of persons, one for all others. Fitted by logistic regression with a penalty for straying from weights set
 * by hand and with bounds (what speaks against a match may not come to speak for it), on public pairs of names judged by people, on spellings of names in many scripts,
 * and on pairs of invented names that a first fit took for names of a list. Pairs that share a name were kept together when it was checked that the fit carries over.
 * What a form without letters beyond ASCII has lost is no slip of a hand and stands in none of these pairs: its weight is policy. The base is shifted so that the best cut lies at NAME_THRESHOLD. Sources: opensanctions/nomenklatura, contrib/name_bench, and opensanctions/yente, candidate
 * generation benchmark (both MIT); no name of theirs is in here.
 */
import type { NameKind } from './name.ts'
import type { Feature } from './name-features.ts'

type Weights = Readonly<Record<Feature, number>>

const PERSON: Weights = {
  base: 0.41,
  'match-first': 4.12,
  'match-second': 0.88,
  'match-third': 0.2,
  edit: -1.65,
  'edits-beyond-one': -0.61,
  'edits-beyond-two': -1.36,
  'edit-share': -1.7,
  different: -7.67,
  'different-more': 0,
  'different-near': 1.51,
  initial: -1.09,
  'initial-only': -2.55,
  nickname: -0.62,
  joined: -0.2,
  acronym: -0.46,
  scrambled: -1.06,
  'letters-lost': -1,
  extra: -1.85,
  'extra-second': -0.63,
  'extra-more': -2,
  'lone-word': -1.22,
  'titled-name': 1.5,
  'form-different': -1.5,
  'form-missing': -0.3,
  'place-extra': -1,
  'place-different': -1,
  'number-extra': -1.5,
  'number-different': -0.7,
  'common-extra': 0.2,
  'common-different': 0.2,
  order: -0.35,
  'order-of-given-names': -4,
  'father-for-son': -5.75,
  'sign-different': -4.76,
  short: -1.55,
  'unmatched-share': -0.22,
  'across-scripts': 0,
}

const OTHER: Weights = {
  base: -0.69,
  'match-first': 3.53,
  'match-second': 0.6,
  'match-third': 0.76,
  edit: -0.79,
  'edits-beyond-one': -1.45,
  'edits-beyond-two': -2.2,
  'edit-share': -1.6,
  different: -5.95,
  'different-more': -2.06,
  'different-near': 0.17,
  initial: -0.7,
  'initial-only': -2,
  nickname: -0.8,
  joined: 0,
  acronym: 0,
  scrambled: -1.5,
  'letters-lost': -1.5,
  extra: -2.43,
  'extra-second': -0.02,
  'extra-more': -0.2,
  'lone-word': -0.67,
  'titled-name': 0.8,
  'form-different': -3.54,
  'form-missing': -0.1,
  'place-extra': -0.24,
  'place-different': -1.39,
  'number-extra': -4.86,
  'number-different': -0.3,
  'common-extra': -0.56,
  'common-different': -0.34,
  order: -0.24,
  'order-of-given-names': -3,
  'father-for-son': -4,
  'sign-different': -4,
  short: 0,
  'unmatched-share': -1.83,
  'across-scripts': 0.72,
}

/**
 * For decisions that follow without a second look: another number, another legal form, another country is another thing; a short form, an initial or a lone name is not
 * enough; typing errors weigh half as much again.
 */
const STRICT_ADDED: Partial<Weights> = {
  initial: -1,
  nickname: -1,
  'lone-word': -2,
  'number-different': -4,
  'number-extra': -2,
  'form-different': -1.5,
  'place-extra': -1,
  'place-different': -2,
  joined: -0.3,
  acronym: -1.5,
  scrambled: -1.5,
  'letters-lost': -1.5,
  extra: -0.6,
  'edits-beyond-one': -0.8,
  edit: -0.4,
  'father-for-son': -1,
  'sign-different': -1,
}

function stricter(weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([feature, weight]) => [feature, weight + (STRICT_ADDED[feature as Feature] ?? 0)]),
  ) as Weights
}

const STRICT_PERSON = stricter(PERSON)
const STRICT_OTHER = stricter(OTHER)

export function weightsOf(kind: NameKind, preset: 'balanced' | 'strict'): Weights {
  if (preset === 'strict') return kind === 'person' ? STRICT_PERSON : STRICT_OTHER
  return kind === 'person' ? PERSON : OTHER
}
