/** A decision in words, as the queue and the history say it. */
import { showInstant } from '#web/time.ts'
import type { DecisionView } from '../contract.ts'
import { code, t } from './text.ts'

export interface SaidDecision {
  readonly decision: DecisionView['decision']
  readonly reason?: string | undefined
  readonly to?: DecisionView['to']
  readonly note?: string | undefined
}

export function decisionText({ decision, reason, to, note }: SaidDecision): string {
  const why = reason === undefined ? undefined : code(decision === 'take' ? 'reason' : decision, reason)
  return [code('decision', decision), to === undefined ? undefined : code('to', to), why, note]
    .filter((part) => part !== undefined)
    .join(', ')
}

export function decisionByText(view: DecisionView): string {
  const said = t('decisionBy', { decision: decisionText(view), name: view.name, at: showInstant(view.at) })
  return view.undone === undefined ? said : t('decisionUndone', { said, name: view.undone.name, at: showInstant(view.undone.at) })
}
