/** In = accepted + warned + quarantined; what does not add up is said. */
import { Badge } from '#web/kit/badge.tsx'
import type { ImportView } from '../contract.ts'
import { t } from './text.ts'

export function ImportCounts({ view }: { readonly view: Pick<ImportView, 'totals' | 'dryRun'> }) {
  const { totals } = view
  const n = (count: number): string => count.toLocaleString('en-GB')
  const adds = totals.in === totals.accepted + totals.warned + totals.quarantined
  return (
    <section className="panel" aria-labelledby="counts">
      <h2 id="counts">{t(view.dryRun ? 'import.wouldBe' : 'import.counts')}</h2>
      <p>
        <strong>
          {t('import.sum', {
            in: n(totals.in),
            accepted: n(totals.accepted),
            warned: n(totals.warned),
            quarantined: n(totals.quarantined),
          })}
        </strong>{' '}
        {adds ? null : <Badge tone="bad">{t('import.doesNotAdd')}</Badge>}
      </p>
      <p>{t('import.made', { entities: n(totals.entities), statements: n(totals.statements) })}</p>
    </section>
  )
}
