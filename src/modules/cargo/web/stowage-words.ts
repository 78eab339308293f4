/** A box of a stowage plan in words, for whoever does not see the picture and for the table beside it. */
import { boxBit, type StowageAnswer, WEIGHT_CLASS_KG } from '../contract/vessel.ts'
import { isOnDeck, splitPosition } from './stowage-model.ts'
import { code, t } from './vessel-text.ts'

const MARKS = ['alert', 'signal', 'badCheckDigit', 'notIso'] as const

export function marksOf({ marks }: StowageAnswer, box: number): readonly (typeof MARKS)[number][] {
  return MARKS.filter((mark) => ((marks[box] ?? 0) & boxBit[mark]) !== 0)
}

/** `026 03 82`, as plans write it. */
export function positionText({ positions, unreadable }: StowageAnswer, box: number): string {
  const position = positions[box] ?? -1
  if (position < 0) return unreadable.find((each) => each.box === box)?.stated ?? t('stowage.notStated')
  const { bay, row, tier } = splitPosition(position)
  return `${String(bay).padStart(3, '0')} ${String(row).padStart(2, '0')} ${String(tier).padStart(2, '0')}`
}

export function placeText(answer: StowageAnswer, box: number): string {
  const position = answer.positions[box] ?? -1
  if (position < 0) {
    const stated = answer.unreadable.find((each) => each.box === box)?.stated
    return stated === undefined ? t('stowage.noPlace') : t('stowage.unplaced', { stated })
  }
  const { bay, row, tier } = splitPosition(position)
  const where = t(isOnDeck(tier) ? 'stowage.deck' : 'stowage.hold')
  return t('stowage.place', { bay, row: String(row).padStart(2, '0'), tier: String(tier).padStart(2, '0'), where })
}

export function portsText({ places, loading, discharge }: StowageAnswer, box: number): string {
  const name = (at: number | undefined): string => places[at ?? -1] ?? t('stowage.notStated')
  return t('stowage.route', { loading: name(loading[box]), discharge: name(discharge[box]) })
}

export function weightText({ weights }: StowageAnswer, box: number): string {
  const held = weights[box] ?? 0
  return held === 0 ? t('stowage.noWeight') : t('stowage.weight', { tonnes: (held * WEIGHT_CLASS_KG) / 1000 })
}

export function boxText(answer: StowageAnswer, box: number): string {
  const marks = marksOf(answer, box)
  const said = marks.length === 0 ? t('mark.none') : marks.map((mark) => code('mark', mark)).join(', ')
  return [answer.containers[box] ?? '', placeText(answer, box), said, portsText(answer, box), weightText(answer, box)].join('; ')
}
