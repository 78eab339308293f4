/** The form of a step in a dialog, drawn from the procedure itself: the node checks the same form again when the step is taken. */
import { type FormEvent, useCallback, useMemo, useState } from 'react'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { factsOfValue } from '#kernel/procedure/facts.ts'
import { askedFields } from '#kernel/procedure/form.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { findInDirectory } from '#web/kit/procedure-form/desk-search.ts'
import { problemsOf, sentFields, type Values } from '#web/kit/procedure-form/form-model.ts'
import type { FormSetting } from '#web/kit/procedure-form/form-setting.ts'
import { BROWSER_FORMATS } from '#web/kit/procedure-form/formats.ts'
import { ProcedureForm } from '#web/kit/procedure-form/procedure-form.tsx'
import { Problem } from '#web/kit/states.tsx'
import { t as app } from '#web/text.ts'
import { useNow } from '#web/use-now.ts'
import { code } from './text.ts'

const SETTING: FormSetting = {
  texts: { field: ({ id }) => code('field', id), code: ({ id }, each) => code(id, each), section: (id) => code('section', id) },
  findDesks: findInDirectory,
}

export interface MoveDialogProps {
  readonly title: string
  readonly definition: ProcedureDef
  readonly transition: string
  readonly error: unknown
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onDone: (fields: Record<string, unknown>) => void
}

export function MoveDialog({ title, definition, transition, error, isBusy, onClose, onDone }: MoveDialogProps) {
  const [values, setValues] = useState<Values>(() =>
    // The usual answer to "when" is now.
    Object.fromEntries(
      askedFields(definition, transition, {}).flatMap(({ field, isRequired }) =>
        field.type === 'instant' && isRequired ? [[field.id, new Date().toISOString()]] : [],
      ),
    ),
  )
  const now = useNow()
  const set = useCallback((id: string, value: unknown) => setValues((held) => ({ ...held, [id]: value })), [])
  const asked = useMemo(() => {
    const facts = Object.assign({}, ...Object.entries(values).map(([id, value]) => factsOfValue(id, value, now)))
    return askedFields(definition, transition, facts)
  }, [definition, transition, values, now])
  const problems = useMemo(() => problemsOf(asked, values, { formats: BROWSER_FORMATS }), [asked, values])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onDone(sentFields(asked, values))
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" noValidate onSubmit={submit}>
        <ProcedureForm asked={asked} values={values} problems={problems} setting={SETTING} showsAll={false} onChange={set} />
        <Problem error={error} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={problems.length > 0 || isBusy}>
            {title}
          </Button>
          <Button onPress={onClose}>{app('app.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
