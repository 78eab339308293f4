/** How the information may be used and shared, how good it is, and where it comes from. */
import { Checkbox, Select } from '#web/kit/fields.tsx'
import { HandlingFields } from '#web/kit/handling-fields.tsx'
import { alertDraft, evaluationWire } from '../contract.ts'
import type { FormDraft } from './draft.ts'
import { code, t } from './text.ts'

const SOURCE = evaluationWire.shape.source.options
const ORIGIN = alertDraft.shape.source.shape.origin.options
const INFO = ['1', '2', '3', '4'] as const

export function AlertHandling({ draft, onChange }: { readonly draft: FormDraft; readonly onChange: (part: Partial<FormDraft>) => void }) {
  return (
    <fieldset className="fieldset">
      <legend>{t('form.handling')}</legend>
      <HandlingFields value={draft.handling} onChange={(handling) => onChange({ handling })} />
      <Select
        label={t('form.source')}
        value={draft.source}
        onChange={(value) => onChange({ source: SOURCE.find((each) => each === value) ?? 'X' })}
        choices={SOURCE.map((id) => ({ id, label: t(`sourceGrade.${id}`) }))}
      />
      <Select
        label={t('form.info')}
        value={draft.info}
        onChange={(info) => onChange({ info })}
        choices={INFO.map((id) => ({ id, label: t(`infoGrade.${id}`) }))}
      />
      <Select
        label={t('form.origin')}
        value={draft.origin}
        onChange={(value) => onChange({ origin: ORIGIN.find((each) => each === value) ?? 'own-control' })}
        choices={ORIGIN.map((id) => ({ id, label: code('origin', id) }))}
      />
      <div>
        <Checkbox label={t('form.personal')} isSelected={draft.personalData} onChange={(personalData) => onChange({ personalData })} />
        {draft.origin === 'foreign-authority' ? (
          <Checkbox
            label={t('form.agreed')}
            isSelected={draft.originatorAgreed}
            onChange={(originatorAgreed) => onChange({ originatorAgreed })}
          />
        ) : null}
      </div>
    </fieldset>
  )
}
