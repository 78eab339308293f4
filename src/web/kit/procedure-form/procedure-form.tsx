/**
 * The one form of the application: drawn from the fields a step asks for now. It holds no values and sends nothing; whoever uses it does.
 * All sections stand in the page, so that finding and printing find everything: plain controls, drawn once each, are quick enough for that.
 */
import { type ReactNode, useCallback, useId, useMemo, useState } from 'react'
import { isEmpty } from '#kernel/procedure/field-value.ts'
import type { AskedField } from '#kernel/procedure/form.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { t } from '../../text.ts'
import { useAfterPress } from './after-press.ts'
import { Field } from './field.tsx'
import { saidOf } from './field-frame.tsx'
import { focusIn } from './focus.ts'
import { isAt, MISSING, sectionsOf, statusOf, type Values } from './form-model.ts'
import { FormContext, type FormSetting } from './form-setting.ts'
import { SectionNav } from './section-nav.tsx'

export interface ProcedureFormProps {
  readonly asked: readonly AskedField[]
  readonly values: Values
  readonly problems: readonly Problem[]
  readonly setting: FormSetting
  /** Somebody tried to send it: what is missing is shown at once. */
  readonly showsAll: boolean
  /** Must stay the same from drawing to drawing. */
  readonly onChange: (id: string, value: unknown) => void
  readonly onLeave?: () => void
  /** How the draft stands: beside the sections of a long form, below a short one. */
  readonly status?: ReactNode
}

const NONE: readonly Problem[] = []

export function ProcedureForm({ asked, values, problems, setting, showsAll, onChange, onLeave, status }: ProcedureFormProps) {
  const form = useId()
  // What was filled already is looked at from the start; the rest once the person has been there.
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(Object.keys(values).filter((id) => !isEmpty(values[id]))))
  const afterPress = useAfterPress()
  const leave = useCallback(
    (id: string) => {
      afterPress(() => setLeft((held) => (held.has(id) ? held : new Set([...held, id]))))
      onLeave?.()
    },
    [afterPress, onLeave],
  )
  const sections = useMemo(() => sectionsOf(asked), [asked])
  const idOf = (field: string): string => `${form}-${field}`
  const named = (id: string | undefined): string => (id === undefined ? t('form.noSection') : setting.texts.section(id))
  const isOne = sections.length < 2
  const open = asked.length === 0 ? [] : problems
  return (
    <FormContext value={setting}>
      <div className={isOne ? 'procedure-form' : 'procedure-form sectioned'}>
        {isOne ? null : (
          <div className="form-side">
            <SectionNav
              form={form}
              sections={sections.map((section) => ({
                key: section.id ?? '',
                title: named(section.id),
                status: statusOf(section, values, problems),
              }))}
            />
            {status}
          </div>
        )}
        <div className="sections">
          {showsAll && open.length > 0 ? <Summary asked={asked} problems={open} setting={setting} idOf={idOf} /> : null}
          {sections.map((section) => {
            const fields = section.fields.map(({ field, isRequired }) => {
              const own = showsAll || left.has(field.id) ? problems.filter(({ at }) => isAt(at, field.id)) : NONE
              return (
                <Field
                  key={field.id}
                  id={idOf(field.id)}
                  field={field}
                  isRequired={isRequired}
                  value={values[field.id]}
                  problems={own.length === 0 ? NONE : own}
                  onChange={onChange}
                  onLeave={leave}
                />
              )
            })
            return isOne ? (
              <div key="one" className="fields">
                {fields}
              </div>
            ) : (
              <section key={section.id ?? ''} className="form-section" aria-labelledby={`${form}-section-${section.id ?? ''}`}>
                <h3 id={`${form}-section-${section.id ?? ''}`} tabIndex={-1}>
                  {named(section.id)}
                </h3>
                <div className="fields">{fields}</div>
              </section>
            )
          })}
          {isOne ? status : null}
        </div>
      </div>
    </FormContext>
  )
}

interface SummaryProps {
  readonly asked: readonly AskedField[]
  readonly problems: readonly Problem[]
  readonly setting: FormSetting
  readonly idOf: (field: string) => string
}

/** What stands in the way, first and in one place; each line leads to its field. */
function Summary({ asked, problems, setting, idOf }: SummaryProps) {
  return (
    <div className="problem" role="alert">
      <strong>{t('form.problems', { n: problems.length })}</strong>
      <ul>
        {problems.map((problem) => {
          const field = asked.find((each) => isAt(problem.at, each.field.id))?.field
          const key = `${problem.at} ${problem.code}`
          if (field === undefined) return <li key={key}>{problem.message}</li>
          const go = (): void => focusIn(document.getElementById(`${idOf(field.id)}-frame`) ?? document.getElementById(idOf(field.id)))
          return (
            <li key={key}>
              <button type="button" className="linklike" onClick={go}>
                {setting.texts.field(field)}
              </button>{' '}
              {problem.code === MISSING && problem.at === field.id ? t('form.missing') : saidOf(problem, field)}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
