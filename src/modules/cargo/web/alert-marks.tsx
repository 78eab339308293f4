/** Marks of single fields, before an alert leaves: which of its desks get a field, and how it is handled where that is stricter than the alert. */
import type { z } from 'zod'
import { Checkbox } from '#web/kit/fields.tsx'
import { HandlingFields, handlingText } from '#web/kit/handling-fields.tsx'
import {
  type AlertRecipient,
  type HandledField,
  handledFields,
  type MarkableField,
  markableFields,
  type previewAlert,
} from '../contract.ts'
import { t } from './alert-text.ts'
import { type FormDraft, isWritten, ownHandling } from './draft.ts'

export interface AlertMarksProps {
  readonly draft: FormDraft
  readonly recipients: z.output<(typeof previewAlert)['ok']>['recipients']
  readonly onChange: (part: Partial<FormDraft>) => void
}

export function AlertMarks({ draft, recipients, onChange }: AlertMarksProps) {
  return (
    <fieldset className="fieldset">
      <legend>{t('marks.title')}</legend>
      <p className="wide muted">{t('marks.help')}</p>
      {handledFields
        .filter((field) => isWritten(draft, field))
        .map((field) => (
          <details key={field} className="wide">
            <summary>{t('marks.field', { field: t(`member.${field}`), said: said(draft, field, recipients) })}</summary>
            {isMarkable(field) ? <OnlyFor field={field} draft={draft} recipients={recipients} onChange={onChange} /> : null}
            <OwnHandling field={field} draft={draft} onChange={onChange} />
          </details>
        ))}
    </fieldset>
  )
}

function isMarkable(field: HandledField): field is MarkableField {
  return (markableFields as readonly string[]).includes(field)
}

function said(draft: FormDraft, field: HandledField, recipients: readonly AlertRecipient[]): string {
  const desks = isMarkable(field) ? draft.onlyFor[field] : undefined
  const names = recipients.filter(({ desk }) => desks?.includes(desk)).map(({ deskName }) => deskName)
  const own = ownHandling(draft, field)
  const parts = [
    ...(desks === undefined ? [] : [names.length === 0 ? t('marks.nobody') : t('marks.onlyFor', { desks: names.join(', ') })]),
    ...(own === undefined ? [] : [handlingText(own)]),
  ]
  return parts.length === 0 ? t('marks.none') : parts.join('; ')
}

function OnlyFor({ field, draft, recipients, onChange }: AlertMarksProps & { readonly field: MarkableField }) {
  const { [field]: desks, ...others } = draft.onlyFor
  const keep = (chosen: readonly string[]): void => onChange({ onlyFor: { ...others, [field]: chosen } })
  return (
    <>
      <Checkbox
        label={t('marks.some')}
        isSelected={desks !== undefined}
        onChange={(on) => (on ? keep(recipients.map(({ desk }) => desk)) : onChange({ onlyFor: others }))}
      />
      {desks !== undefined && recipients.length === 0 ? <p className="muted">{t('marks.noDesk')}</p> : null}
      {desks === undefined
        ? null
        : recipients.map(({ desk, deskName }) => (
            <Checkbox
              key={desk}
              label={t('marks.for', { desk: deskName })}
              isSelected={desks.includes(desk)}
              onChange={(on) => keep(on ? [...desks, desk] : desks.filter((each) => each !== desk))}
            />
          ))}
    </>
  )
}

function OwnHandling({ field, draft, onChange }: Pick<AlertMarksProps, 'draft' | 'onChange'> & { readonly field: HandledField }) {
  const { [field]: _own, ...others } = draft.fieldHandling
  const own = ownHandling(draft, field)
  return (
    <>
      <Checkbox
        label={t('marks.own')}
        isSelected={own !== undefined}
        onChange={(on) => onChange({ fieldHandling: on ? { ...others, [field]: draft.handling } : others })}
      />
      {own === undefined ? null : (
        <fieldset className="fieldset">
          <legend>{t(`member.${field}`)}</legend>
          <HandlingFields value={own} onChange={(handling) => onChange({ fieldHandling: { ...others, [field]: handling } })} />
        </fieldset>
      )}
    </>
  )
}
