/** An outcome in words. */
import type { OutcomeDraft } from '../contract.ts'
import { count } from './shown-figures.tsx'
import { t } from './text.ts'

export type SaidOutcome = Omit<OutcomeDraft, 'arrival'>

export function outcomeText({ kind, means, found, reason, note }: SaidOutcome): string {
  return [
    t(`outcome.${kind}`),
    means === undefined ? undefined : t(`means.${means}`),
    ...found.map((each) =>
      t('outcomes.foundItem', { kg: count(each.kilograms), kind: t(`foundKind.${each.kind}`), place: t(`foundPlace.${each.place}`) }),
    ),
    reason === undefined ? undefined : t(`notChecked.${reason}`),
    note,
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}
