/**
 * A certificate on paper: sections and fields as it holds them, in its order, with its words. Nothing is left out here and nothing added: what is not for the
 * role never came this far. What is empty or erased says so; policy and what was not verified are marked in words.
 */
import type { Certificate, CertificateField } from '#kernel/procedure/certificate.ts'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { t as app } from '#web/text.ts'
import { showDate, showInstant } from '#web/time.ts'
import { t } from './text.ts'

export interface CertificateViewProps {
  readonly certificate: Certificate
  readonly sha256: string
  readonly roleTitle: string
  readonly formTitle?: string | undefined
  readonly isComplete: boolean
  readonly isDemonstration: boolean
  /** Names of desks by id. */
  readonly desks: Readonly<Record<string, string>>
}

export function CertificateView(props: CertificateViewProps) {
  const { certificate, sha256, roleTitle, formTitle, isComplete, isDemonstration, desks } = props
  const { procedure, sections } = certificate
  return (
    <article className="certificate" aria-labelledby="certificate-title">
      {isDemonstration ? <p className="certificate-note">{t('certificate.demonstration')}</p> : null}
      <h1 id="certificate-title">{procedure.title}</h1>
      <dl className="facts">
        <dt>{t('certificate.case')}</dt>
        <dd className="mono">{certificate.case}</dd>
        <dt>{t('certificate.for')}</dt>
        <dd>{roleTitle}</dd>
        {formTitle === undefined ? null : (
          <>
            <dt>{t('certificate.form')}</dt>
            <dd>{formTitle}</dd>
          </>
        )}
        <dt>{t('certificate.order')}</dt>
        <dd>{certificate.order}</dd>
        <dt>{procedure.id}</dt>
        <dd>{t('certificate.version', { version: procedure.version })}</dd>
        <dt>{t('certificate.basis')}</dt>
        <dd>
          <ul className="plain">
            {procedure.basis.map((basis) => (
              <li key={`${basis.act} ${basis.art}`}>
                <LegalBasis basis={basis} />
              </li>
            ))}
          </ul>
        </dd>
        <dt>{t('certificate.digest')}</dt>
        <dd className="mono">{sha256}</dd>
      </dl>
      {isComplete ? null : <p className="certificate-note">{t('certificate.incomplete')}</p>}
      {sections.length === 0 ? <p>{t('certificate.nothing')}</p> : null}
      {sections.map(({ id, title, fields }) => (
        <section key={id} className="certificate-section">
          <h2>{title === '' ? t('certificate.general') : title}</h2>
          <Fields fields={fields} desks={desks} />
        </section>
      ))}
    </article>
  )
}

interface FieldsProps {
  readonly fields: readonly CertificateField[]
  readonly desks: Readonly<Record<string, string>>
}

function Fields({ fields, desks }: FieldsProps) {
  return (
    <dl className="certificate-fields">
      {fields.map((field) => (
        <div key={field.path}>
          <dt>
            {field.title}
            {field.basis === undefined ? null : (
              <>
                {' '}
                <small>
                  <LegalBasis basis={field.basis} />
                </small>
              </>
            )}
          </dt>
          <dd>
            <Value field={field} desks={desks} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ field, desks }: { readonly field: CertificateField; readonly desks: FieldsProps['desks'] }) {
  const { state, text, entries, value, type } = field
  if (state !== 'given') return <span className="muted">{t(`certificate.${state}`)}</span>
  if (entries !== undefined)
    return (
      <ol className="certificate-entries">
        {entries.map((entry, index) => (
          <li key={entry[0]?.path ?? index} aria-label={t('certificate.entry', { title: field.title, n: index + 1 })}>
            <Fields fields={entry} desks={desks} />
          </li>
        ))}
      </ol>
    )
  if (text !== undefined)
    return text.length === 1 ? (
      <>{text[0]}</>
    ) : (
      <ul className="plain">
        {text.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    )
  const said = String(value)
  if (type === 'yes-no') return <>{app(value === true ? 'form.yes' : 'form.no')}</>
  if (type === 'desk') return <>{desks[said] ?? said}</>
  if (type === 'instant') return <time dateTime={said}>{showInstant(said)}</time>
  if (type === 'date') return <time dateTime={said}>{showDate(said)}</time>
  return <span className="as-typed">{said}</span>
}
