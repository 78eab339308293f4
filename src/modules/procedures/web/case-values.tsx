/** What the case holds, by section. Erased is said; what is not for this role is not there at all. */
import type { FieldDef, ProcedureDef } from '#kernel/procedure/definition.ts'
import { isEmpty } from '#kernel/procedure/field-value.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Empty } from '#web/kit/states.tsx'
import { t as app } from '#web/text.ts'
import type { CaseOnScreen } from '../contract.ts'
import { everyField } from './definition-texts.ts'
import { ShowValue } from './show-value.tsx'
import { t } from './text.ts'

export interface CaseValuesProps {
  readonly definition: ProcedureDef
  readonly view: CaseOnScreen
}

export function CaseValues({ definition, view }: CaseValuesProps) {
  const fields = everyField(definition)
  const held = fields.filter(({ id }) => !isEmpty(view.values[id]) || view.purged.includes(id))
  const unnamed = Object.keys(view.values).filter((id) => !fields.some((field) => field.id === id) && !id.includes('.'))
  const sections = [...(definition.sections ?? []), { id: undefined, title: app('form.noSection') }]
  return (
    <section className="panel" aria-labelledby="case-values">
      <h2 id="case-values">{t('case.values')}</h2>
      {held.length + unnamed.length === 0 ? <Empty>{t('case.noValues')}</Empty> : null}
      {sections.map(({ id, title }) => {
        const own = held.filter(({ section }) => section === id)
        const rest = id === undefined ? unnamed : []
        if (own.length + rest.length === 0) return null
        return (
          <section key={id ?? ''}>
            <h3>{title}</h3>
            <dl className="stacked">
              {own.map((field) => (
                <Held key={field.id} definition={definition} field={field} view={view} />
              ))}
              {rest.map((each) => (
                <div key={each}>
                  <dt>{each}</dt>
                  <dd>
                    <ShowValue definition={definition} field={undefined} value={view.values[each]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
    </section>
  )
}

function Held({ definition, field, view }: CaseValuesProps & { readonly field: FieldDef }) {
  return (
    <div>
      <dt>{field.title}</dt>
      <dd>
        {view.purged.includes(field.id) && isEmpty(view.values[field.id]) ? (
          <Badge>{t('case.erased')}</Badge>
        ) : (
          <ShowValue definition={definition} field={field} value={view.values[field.id]} />
        )}
      </dd>
    </div>
  )
}
