/** What a draft would have done over a past period: run in the background with its progress, stopped at will; the address keeps the run. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate } from '#web/time.ts'
import { useNow } from '#web/use-now.ts'
import { cancelWhatIf, id, type RuleExpression, showWhatIf, startWhatIf, type WhatIfView } from '../contract.ts'
import { civilDay, dayAfter } from './days.ts'
import { t } from './text.ts'
import { WhatIfResultView } from './what-if-result.tsx'

const YEAR = 364
const RUNNING_MS = 700
export const JOB_TONE: Readonly<Record<WhatIfView['state'], Tone>> = {
  waiting: 'neutral',
  running: 'info',
  done: 'good',
  cancelled: 'warn',
  failed: 'bad',
}

export interface WhatIfPanelProps {
  /** Absent while the draft is not one that the node takes. */
  readonly expression: RuleExpression | undefined
  readonly path: string
}

export function WhatIfPanel({ expression, path }: WhatIfPanelProps) {
  const today = civilDay(useNow())
  const address = useAddress()
  const go = useGo()
  const [from, setFrom] = useState(dayAfter(today, -YEAR))
  const [to, setTo] = useState(today)
  const run = id.safeParse(address['run']).data
  const start = useMutation({
    mutationFn: async (draft: RuleExpression) => await call(startWhatIf, { expression: draft, from, to, key: actKey() }),
    onSuccess: (started) => go(path, { ...address, run: started.run }, { replace: true }),
  })
  return (
    <section className="panel" aria-label={t('whatIf.title')}>
      <h2>{t('whatIf.title')}</h2>
      <div className="toolbar">
        <DayField label={t('whatIf.from')} value={from} onChange={setFrom} max={to} />
        <DayField label={t('whatIf.to')} value={to} onChange={setTo} min={from} />
        <Button
          isDisabled={expression === undefined || from === '' || to === '' || start.isPending}
          onPress={() => {
            if (expression !== undefined) start.mutate(expression)
          }}
        >
          {t('whatIf.start')}
        </Button>
      </div>
      <Problem error={start.error} />
      {run === undefined ? null : <Run run={run} />}
    </section>
  )
}

function Run({ run }: { readonly run: string }) {
  const [isOver, setOver] = useState<string | undefined>(undefined)
  const query = useCall(showWhatIf, { run }, isOver === run ? {} : { everyMs: RUNNING_MS })
  const { data } = query
  const isRunning = data !== undefined && (data.state === 'waiting' || data.state === 'running')
  if (data !== undefined && data.run === run && !isRunning && isOver !== run) setOver(run)
  const cancel = useMutation({ mutationFn: async () => await call(cancelWhatIf, { run }), onSuccess: async () => await query.refetch() })
  return (
    <Reading query={query}>
      {(view) => (
        <>
          <p>
            <Badge tone={JOB_TONE[view.state]}>{t(`job.${view.state}`)}</Badge>{' '}
            {t('rule.daysOf', { from: showDate(view.from), until: showDate(view.to) })}: {view.printed}
          </p>
          {isRunning ? (
            <div className="actions">
              <progress value={view.progress} max={1} aria-label={t('whatIf.progress', { printed: view.printed })} />
              <Button onPress={() => cancel.mutate()} isDisabled={cancel.isPending}>
                {t('whatIf.cancel')}
              </Button>
            </div>
          ) : null}
          <Problem error={cancel.error} />
          {view.failure === undefined ? null : <p className="field-problem">{t('whatIf.failed', { why: view.failure })}</p>}
          {view.result === undefined ? null : <WhatIfResultView result={view.result} />}
        </>
      )}
    </Reading>
  )
}
