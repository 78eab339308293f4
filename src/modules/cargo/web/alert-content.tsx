import type { z } from 'zod'
import { handlingText } from '#web/kit/handling-fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { type HandledField, type showAlert, subjectText } from '../contract.ts'
import { t as alertText } from './alert-text.ts'
import { code, t } from './text.ts'

export interface AlertContentProps {
  readonly content: z.output<(typeof showAlert)['ok']>['content']
  readonly reasons: readonly string[]
}

export function AlertContent({ content, reasons }: AlertContentProps) {
  const { subject, fieldHandling = {} } = content
  const own = (field: HandledField) => {
    const handling = fieldHandling[field]
    return handling === undefined ? undefined : <span className="muted">[{handlingText(handling)}]</span>
  }
  const rows: readonly (readonly [string, string | undefined, HandledField?])[] = [
    [t('form.bill'), content.bill, 'bill'],
    [t('form.booking'), content.booking, 'booking'],
    [t('equipment.seals'), content.seals?.join(' '), 'seals'],
    [t('form.goods'), content.goods, 'goods'],
    [t('form.vessel'), [content.vesselName, content.vesselImo].filter(Boolean).join(', IMO '), 'vesselName'],
    [t('form.voyage'), content.voyage, 'voyage'],
    [t('alert.requested'), content.requested === undefined ? undefined : code('requested', content.requested), 'requested'],
    [t('form.reasons'), reasons.join('; '), 'reasons'],
    [t('alert.narrative'), content.narrative, 'narrative'],
    [t('alert.evaluation'), content.evaluation === undefined ? undefined : `${content.evaluation.source}${content.evaluation.info}`],
    [t('alert.handling'), content.handling === undefined ? undefined : handlingText(content.handling)],
  ]
  return (
    <section className="panel">
      <h2>{t('alert.content')}</h2>
      {subject === undefined ? null : (
        <p>
          {subject.kind === 'container' ? (
            <AppLink to={`/containers/${encodeURIComponent(subject.number)}`}>{subject.number}</AppLink>
          ) : (
            `${alertText(`subject.${subject.kind}`)} ${subjectText(subject)}`
          )}{' '}
          {subject.asStated ? alertText('asStated.confirmed') : ''} {own('subject')}
        </p>
      )}
      {own('legs') === undefined ? null : (
        <p>
          {alertText('member.legs')} {own('legs')}
        </p>
      )}
      <dl className="facts">
        {rows.map(([label, value, field]) =>
          value === undefined || value === '' ? null : (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd>
                {value} {field === undefined ? null : own(field)}
              </dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}
