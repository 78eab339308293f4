/** What a form takes from the slice it stands in: words, code lists, and where desks are looked up. */
import { createContext, useContext } from 'react'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { Problem } from '#kernel/result/problem.ts'
import type { Option } from './combobox.tsx'
import type { ControlField } from './form-model.ts'

export interface FormTexts {
  readonly field: (field: ControlField) => string
  readonly code: (field: ControlField, code: string) => string
  readonly section: (id: string) => string
  /** What else stands under a field: who will see it, for example. */
  readonly note?: (field: ControlField) => string | undefined
}

export interface FoundDesks {
  readonly options: readonly Option[]
  readonly hasMore: boolean
}

export interface FormSetting {
  readonly texts: FormTexts
  readonly codeLists?: ProcedureDef['codeLists']
  /** Desks that may stand in a field and match a text. */
  readonly findDesks: (field: ControlField, text: string, signal: AbortSignal) => Promise<FoundDesks>
}

export const FormContext = createContext<FormSetting | null>(null)

export function useForm(): FormSetting {
  const setting = useContext(FormContext)
  if (setting === null) throw new Error('A field stands in a form.')
  return setting
}

/** What every control gets: its place in the form is its path, `persons.2.name`. */
export interface ControlProps {
  readonly id: string
  readonly path: string
  readonly field: ControlField
  readonly isRequired: boolean
  readonly value: unknown
  readonly problems: readonly Problem[]
  readonly onChange: (value: unknown) => void
}
