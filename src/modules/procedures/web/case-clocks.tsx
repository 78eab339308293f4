/** The clocks of the case, and the question what would be if. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Empty } from '#web/kit/states.tsx'
import type { CaseClock, CaseOnScreen } from '../contract.ts'
import { Clock } from './case-clock.tsx'
import { t } from './text.ts'
import { WhatIfDialog } from './what-if-dialog.tsx'

export function CaseClocks({ view }: { readonly view: CaseOnScreen }) {
  const [asked, setAsked] = useState<CaseClock>()
  return (
    <section className="panel" aria-labelledby="case-clocks">
      <h2 id="case-clocks">{t('case.clocks')}</h2>
      {view.clocks.length === 0 ? <Empty>{t('case.noClocks')}</Empty> : null}
      <ul className="plain clocks">
        {view.clocks.map((clock) => (
          <li key={clock.id}>
            <Clock clock={clock} />
            {clock.isLive ? (
              <Button onPress={() => setAsked(clock)} label={t('case.whatIfOf', { clock: clock.label })}>
                {t('case.whatIf')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {asked === undefined ? null : <WhatIfDialog caseId={view.case} clock={asked} onClose={() => setAsked(undefined)} />}
    </section>
  )
}
