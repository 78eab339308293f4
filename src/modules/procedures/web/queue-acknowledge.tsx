/** Selecting cases of the queue and acknowledging them in one go. What happened is said for each; nothing is skipped in silence. */
import { useMemo, useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Problem } from '#web/kit/states.tsx'
import { queryClient } from '#web/queries.ts'
import { type Acknowledgement, acknowledgeWork, type WorkItem } from '../contract.ts'
import { t } from './text.ts'

export interface Selection {
  /** All that can be acknowledged of what is shown. */
  readonly offered: readonly WorkItem[]
  readonly chosen: readonly WorkItem[]
  has(caseId: string): boolean
  toggle(caseId: string): void
  set(items: readonly WorkItem[]): void
}

/** The node takes no more at once. */
const MOST = 100

export function useSelection(rows: readonly WorkItem[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return useMemo(() => {
    const offered = rows.filter(({ acknowledge }) => acknowledge !== undefined)
    return {
      offered,
      // What was selected and has moved since is no longer selected.
      chosen: offered.filter(({ caseId }) => ids.has(caseId)).slice(0, MOST),
      has: (caseId) => ids.has(caseId),
      toggle: (caseId) => setIds(ids.has(caseId) ? new Set([...ids].filter((each) => each !== caseId)) : new Set([...ids, caseId])),
      set: (items) => setIds(new Set(items.slice(0, MOST).map(({ caseId }) => caseId))),
    }
  }, [rows, ids])
}

interface Result extends Acknowledgement {
  readonly label: string
}

export function AcknowledgeBar({ selection }: { readonly selection: Selection }) {
  const [results, setResults] = useState<readonly Result[]>([])
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const { offered, chosen } = selection
  const acknowledge = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const cases = chosen.map(({ caseId, version }) => ({ case: caseId, version }))
      const answer = await call(acknowledgeWork, { cases, key: crypto.randomUUID() })
      const labels = new Map(chosen.map(({ caseId, label }) => [caseId, label]))
      setResults(answer.results.map((each) => ({ ...each, label: labels.get(each.case) ?? each.case })))
      selection.set([])
      await queryClient.invalidateQueries()
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  if (offered.length === 0 && results.length === 0) return null
  return (
    <section className="toolbar">
      {offered.length === 0 ? null : (
        <Button onPress={() => selection.set(chosen.length === offered.length ? [] : offered)}>
          {t('queue.selectAll', { n: Math.min(MOST, offered.length) })}
        </Button>
      )}
      {chosen.length === 0 ? null : (
        <Button kind="primary" isDisabled={isBusy} onPress={() => void acknowledge()}>
          {t('queue.acknowledge', { n: chosen.length })}
        </Button>
      )}
      <Problem error={error} />
      <div role="status">
        {results.length === 0 ? null : (
          <>
            <strong>{t('queue.results')}</strong>
            <ul>
              {results.map((each) => (
                <li key={each.case}>
                  {each.label}: {t(`queue.${each.outcome}`, { because: [each.because, each.basis].filter(Boolean).join(', ') })}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  )
}
