/** The steps of the case in their order. A step that crossed with another's stays in sight, and is said to have no effect. */
import { isEmpty } from '#kernel/procedure/field-value.ts'
import { useDeskName } from '#web/desks.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Empty } from '#web/kit/states.tsx'
import { showExact } from '#web/time.ts'
import type { CaseOnScreen } from '../contract.ts'
import type { CaseValuesProps } from './case-values.tsx'
import { everyField, roleTitle, stateTitle } from './definition-texts.ts'
import { ShowValue } from './show-value.tsx'
import { t } from './text.ts'

export function CaseHistory({ definition, view }: CaseValuesProps) {
  return (
    <section className="panel" aria-labelledby="case-history">
      <h2 id="case-history">{t('case.history')}</h2>
      {view.history.length === 0 ? <Empty>{t('case.noHistory')}</Empty> : null}
      <ol className="timeline">
        {view.history.map((step) => (
          <li key={step.id} className={step.overtaken ? 'failed' : ''}>
            <Step definition={definition} view={view} step={step} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Step({ definition, view, step }: CaseValuesProps & { readonly step: CaseOnScreen['history'][number] }) {
  const deskName = useDeskName()
  const fields = everyField(definition)
  const given = Object.keys(step.fields).filter((id) => !isEmpty(step.fields[id]) && !id.includes('.'))
  return (
    <>
      <strong>{definition.transitions.find(({ id }) => id === step.transition)?.official ?? step.title}</strong>{' '}
      {step.overtaken ? <Badge tone="bad">{t('case.overtaken')}</Badge> : null}{' '}
      <span className="muted">
        {showExact(step.at)}, {deskName(step.by)}
        {step.role === undefined ? '' : ` (${roleTitle(definition, step.role)})`}
      </span>
      <br />
      <span className="muted">
        {step.from === step.to
          ? stateTitle(definition, step.to)
          : `${stateTitle(definition, step.from)} → ${stateTitle(definition, step.to)}`}
      </span>
      {step.overtaken ? <p>{t('case.overtakenWhy')}</p> : null}
      {given.length === 0 ? null : (
        <details>
          <summary>{t('case.given', { n: given.length })}</summary>
          <dl className="stacked">
            {given.map((id) => {
              const field = fields.find((each) => each.id === id)
              return (
                <div key={id}>
                  <dt>{field?.title ?? id}</dt>
                  <dd>
                    {view.purged.includes(id) ? (
                      <Badge>{t('case.erased')}</Badge>
                    ) : (
                      <ShowValue definition={definition} field={field} value={step.fields[id]} />
                    )}
                  </dd>
                </div>
              )
            })}
          </dl>
        </details>
      )}
    </>
  )
}
