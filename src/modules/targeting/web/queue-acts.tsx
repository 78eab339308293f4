/** What can be done with the arrival that holds the focus, and what was done last. */
import { Button } from '#web/kit/button.tsx'
import { Problem } from '#web/kit/states.tsx'
import type { ArrivalRow } from '../contract.ts'
import { decisionByText, decisionText } from './decision-text.ts'
import { t } from './text.ts'
import type { Deciding, OnItsWay } from './use-decide.ts'

export function isDecided(standing: OnItsWay | undefined): boolean {
  return standing !== undefined && standing !== 'undone'
}

export interface QueueActsProps {
  readonly row: ArrivalRow
  readonly isOpen: boolean
  readonly state: 'open' | 'closed' | undefined
  readonly standing: OnItsWay | undefined
  readonly onAct: (key: string) => void
}

export function QueueActs({ row, isOpen, state, standing, onAct }: QueueActsProps) {
  const wasProposed = row.selected !== undefined
  return (
    <>
      {standing === undefined || standing === 'undone' ? null : (
        <p>
          {standing === row.decision && row.decision !== undefined
            ? decisionByText(row.decision)
            : `${decisionText(standing)} (${t('queue.sending')})`}
        </p>
      )}
      {isOpen ? (
        <div className="actions">
          <Button kind="primary" onPress={() => onAct('t')}>
            {t(wasProposed ? 'act.take' : 'act.own')} <kbd>T</kbd>
          </Button>
          <Button isDisabled={!wasProposed} onPress={() => onAct('l')}>
            {t('act.leave')} <kbd>L</kbd>
          </Button>
          <Button isDisabled={!wasProposed} onPress={() => onAct('r')}>
            {t('act.reroute')} <kbd>R</kbd>
          </Button>
          <Button isDisabled={!isDecided(standing)} onPress={() => onAct('u')}>
            {t('act.undo')} <kbd>U</kbd>
          </Button>
        </div>
      ) : (
        <p className="muted">{t(state === 'closed' ? 'act.isClosed' : 'act.noSelection')}</p>
      )}
    </>
  )
}

export function Told({ deciding }: { readonly deciding: Deciding }) {
  const { last, failure } = deciding
  return (
    <>
      <p className="told" role="status">
        {last === undefined
          ? ''
          : t('queue.told', { container: last.container, decision: last.said === 'undone' ? t('queue.undone') : decisionText(last.said) })}
      </p>
      {failure === undefined ? null : (
        <>
          <p className="mono">{t('queue.failed', { container: failure.container })}</p>
          <Problem error={failure.error} />
        </>
      )}
    </>
  )
}
