import type { z } from 'zod'
import { AppLink } from '#web/navigate.tsx'
import type { showAlert } from '../contract.ts'
import { code, t } from './text.ts'

export interface AlertContentProps {
  readonly content: z.output<(typeof showAlert)['ok']>['content']
  readonly reasons: readonly string[]
}

export function AlertContent({ content, reasons }: AlertContentProps) {
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('form.bill'), content.bill],
    [t('form.booking'), content.booking],
    [t('equipment.seals'), content.seals?.join(' ')],
    [t('form.goods'), content.goods],
    [t('form.vessel'), [content.vesselName, content.vesselImo].filter(Boolean).join(', IMO ')],
    [t('form.voyage'), content.voyage],
    [t('alert.requested'), content.requested === undefined ? undefined : code('requested', content.requested)],
    [t('form.reasons'), reasons.join('; ')],
    [t('alert.narrative'), content.narrative],
    [t('alert.evaluation'), content.evaluation === undefined ? undefined : `${content.evaluation.source}${content.evaluation.info}`],
    [
      t('alert.handling'),
      content.handling === undefined
        ? undefined
        : [`TLP:${content.handling.tlp}`, `PAP:${content.handling.pap}`, ...content.handling.H, ...content.handling.conditions].join(', '),
    ],
  ]
  return (
    <section className="panel">
      <h2>{t('alert.content')}</h2>
      {content.container === undefined ? null : (
        <p>
          <AppLink to={`/containers/${encodeURIComponent(content.container)}`}>{content.container}</AppLink>{' '}
          {content.paintedSo === true ? t('alert.paintedSo') : ''}
        </p>
      )}
      <dl className="facts">
        {rows.map(([label, value]) =>
          value === undefined || value === '' ? null : (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}
