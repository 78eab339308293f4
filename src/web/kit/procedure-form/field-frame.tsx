/**
 * Around every control: label, help, basis, problem, all tied to it. Controls are the platform's own, so that two hundred of them stand at once without delay.
 */
import type { ReactNode } from 'react'
import type { Problem } from '#kernel/result/problem.ts'
import { t } from '../../text.ts'
import { LegalBasis } from '../legal-basis.tsx'
import type { ControlField } from './form-model.ts'

export interface FrameProps {
  /** Of the control; the frame itself is `<id>-frame`. */
  readonly id: string
  readonly label: string
  readonly field: ControlField
  readonly isRequired: boolean
  readonly problems: readonly Problem[]
  /** What else the person should know, beside the help of the definition. */
  readonly note?: string | undefined
}

/** Attributes that tie a control to what the frame says of it. */
export interface Tied {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-required'?: boolean
  readonly 'aria-describedby'?: string
}

export function tiedTo({ id, isRequired, problems, field, note }: FrameProps): Tied {
  const isSaid = field.help !== undefined || field.basis !== undefined || note !== undefined || problems.length > 0
  return {
    id,
    'aria-invalid': problems.length > 0,
    ...(isRequired ? { 'aria-required': true } : {}),
    ...(isSaid ? { 'aria-describedby': `${id}-said` } : {}),
  }
}

export function FieldFrame({
  children,
  isWide = false,
  ...props
}: FrameProps & { readonly children: ReactNode; readonly isWide?: boolean }) {
  const { id } = props
  return (
    <div className={isWide ? 'field wide' : 'field'} id={`${id}-frame`}>
      <label htmlFor={id} id={`${id}-label`}>
        <LabelText {...props} />
      </label>
      {children}
      <Said {...props} />
    </div>
  )
}

/** Around several controls that are one answer. */
export function GroupFrame({ children, ...props }: FrameProps & { readonly children: ReactNode }) {
  const { id, field, note, problems } = props
  const isSaid = field.help !== undefined || field.basis !== undefined || note !== undefined || problems.length > 0
  return (
    <fieldset className="field group wide" id={`${id}-frame`} {...(isSaid ? { 'aria-describedby': `${id}-said` } : {})}>
      <legend>
        <LabelText {...props} isSpoken />
      </legend>
      {children}
      <Said {...props} />
    </fieldset>
  )
}

function LabelText({ label, isRequired, isSpoken = false }: FrameProps & { readonly isSpoken?: boolean }) {
  return (
    <>
      {label}
      {isRequired ? <span aria-hidden="true"> *</span> : null}
      {isRequired && isSpoken ? <span className="unseen"> {t('form.required')}</span> : null}
    </>
  )
}

export function Said({ id, field, problems, note }: Pick<FrameProps, 'id' | 'field' | 'problems' | 'note'>) {
  if (field.help === undefined && field.basis === undefined && note === undefined && problems.length === 0) return null
  return (
    <div id={`${id}-said`} className="said">
      {field.help === undefined ? null : <span className="help">{field.help}</span>}
      {note === undefined ? null : <span className="help">{note}</span>}
      {field.basis === undefined ? null : (
        <span className="help">
          <LegalBasis basis={field.basis} />
        </span>
      )}
      {problems.map((problem) => (
        <span key={`${problem.code} ${problem.message}`} className="field-problem">
          {saidOf(problem, field)}
        </span>
      ))}
    </div>
  )
}

/** The kernel begins with the title of the field, which stands above the control already. */
export function saidOf(problem: Problem, field: ControlField): string {
  const start = `${field.title}: `
  const text = problem.message.startsWith(start) ? problem.message.slice(start.length) : problem.message
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
