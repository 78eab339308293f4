/** One field of a form as the control that its type asks for. */
import { memo, useCallback } from 'react'
import type { Problem } from '#kernel/result/problem.ts'
import { t } from '../../text.ts'
import { fromLocalField, toLocalField, zoneName } from '../../time.ts'
import { CodeField, CodesField, CountryField, DeskField, YesNoField } from './choice-fields.tsx'
import { FieldFrame, type FrameProps, tiedTo } from './field-frame.tsx'
import { isSame } from './form-model.ts'
import { type ControlProps, useForm } from './form-setting.ts'
import { ListField } from './list-field.tsx'

export function Control(props: ControlProps) {
  const { id, path, field, isRequired, problems, value, onChange } = props
  const { texts } = useForm()
  const label = texts.field(field)
  const note = field.type === 'instant' ? t('form.zone', { zone: zoneName() }) : texts.note?.(field)
  const frame: FrameProps = { id, label, field, isRequired, note, problems: problems.filter(({ at }) => at === path) }
  const text = value === undefined || value === null ? '' : String(value)
  const choice = { id, field, isRequired, value, onChange, frame }
  switch (field.type) {
    case 'text':
      return (
        <FieldFrame {...frame}>
          <input
            {...tiedTo(frame)}
            type={field.format === 'e-mail' ? 'email' : 'text'}
            value={text}
            spellCheck={field.format === undefined}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
        </FieldFrame>
      )
    case 'long-text':
      return (
        <FieldFrame {...frame} isWide>
          <textarea {...tiedTo(frame)} rows={4} value={text} onChange={(event) => onChange(event.target.value)} />
        </FieldFrame>
      )
    case 'number':
      return (
        <FieldFrame {...frame}>
          <input
            {...tiedTo(frame)}
            type="number"
            step="any"
            min={field.min ?? 0}
            max={field.max}
            value={text}
            onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
          />
        </FieldFrame>
      )
    case 'date':
      return (
        <FieldFrame {...frame}>
          <input {...tiedTo(frame)} type="date" max="9999-12-31" value={text} onChange={(event) => onChange(event.target.value)} />
        </FieldFrame>
      )
    case 'instant':
      return (
        <FieldFrame {...frame}>
          <input
            {...tiedTo(frame)}
            type="datetime-local"
            max="9999-12-31T23:59"
            value={toLocalField(text)}
            onChange={(event) => onChange(fromLocalField(event.target.value))}
          />
        </FieldFrame>
      )
    case 'yes-no':
      return <YesNoField {...choice} />
    case 'code':
      return <CodeField {...choice} />
    case 'codes':
      return <CodesField {...choice} />
    case 'country':
      return <CountryField {...choice} />
    case 'desk':
      return <DeskField {...choice} />
    case 'list':
      return <ListField {...props} frame={frame} part={drawPart} />
  }
}

/** Entries hold fields of the same kinds, but no further lists. */
function drawPart(props: ControlProps) {
  return <Control {...props} />
}

export interface FieldProps extends Omit<ControlProps, 'onChange' | 'path'> {
  readonly onChange: (id: string, value: unknown) => void
  readonly onLeave: (id: string) => void
}

/** Drawn again only when it, its value or its problems changed: typing in one of two hundred fields draws one. */
export const Field = memo(
  function Field({ onChange, onLeave, ...props }: FieldProps) {
    const { id } = props.field
    const change = useCallback((value: unknown) => onChange(id, value), [id, onChange])
    return (
      <div className="contents" onBlur={() => onLeave(id)}>
        <Control {...props} path={id} onChange={change} />
      </div>
    )
  },
  (before, after) =>
    before.id === after.id &&
    before.field === after.field &&
    before.isRequired === after.isRequired &&
    before.value === after.value &&
    before.onChange === after.onChange &&
    before.onLeave === after.onLeave &&
    sameProblems(before.problems, after.problems),
)

function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  return a === b || (a.length === b.length && isSame(a, b))
}
