/** What the alert is about: a box, an air waybill or a unit load device, by its number. A wrong check digit is offered right, or confirmed as it stands. */
import type { ReactNode } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { subjectKinds } from '../contract.ts'
import { t } from './alert-text.ts'
import type { FormDraft } from './draft.ts'
import { t as form } from './text.ts'

export interface SubjectFieldsProps {
  readonly draft: FormDraft
  readonly onChange: (part: Partial<FormDraft>) => void
  readonly found: { readonly message: string; readonly suggestion?: string | undefined } | undefined
  readonly asStatedProblem: ReactNode
}

export function SubjectFields({ draft, onChange, found, asStatedProblem }: SubjectFieldsProps) {
  const { kind, number, asStated } = draft
  const suggestion = found?.suggestion
  return (
    <>
      <Select
        label={t('subject.kind')}
        value={kind}
        onChange={(value) => onChange({ kind: subjectKinds.find((each) => each === value) ?? 'container', asStated: false })}
        choices={subjectKinds.map((id) => ({ id, label: t(`subject.${id}`) }))}
      />
      <div>
        <TextField
          label={t(`number.${kind}`)}
          value={number}
          onChange={(typed) => onChange({ number: typed.toUpperCase() })}
          isRequired
          autoFocus
          maxLength={20}
          problem={found?.message}
        />
        {suggestion === undefined ? null : (
          <Button onPress={() => onChange({ number: suggestion, asStated: false })}>
            {form('form.useSuggestion', { number: suggestion })}
          </Button>
        )}
        {kind !== 'unit-load-device' && (suggestion !== undefined || asStated) ? (
          <Checkbox label={t(`asStated.${kind}`)} isSelected={asStated} onChange={(on) => onChange({ asStated: on })} />
        ) : null}
        {asStatedProblem === undefined ? null : <p className="field-problem">{asStatedProblem}</p>}
      </div>
    </>
  )
}
