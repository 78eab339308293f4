/** How statements are marked when they are made: how good, how they may be used, on what basis, about whom, for how long, for whose eyes. */
import { SUBJECT_CATEGORIES } from '#kernel/record/statement.ts'
import { EvaluationFields, type EvaluationWire } from '#web/kit/evaluation-fields.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { HandlingFields, type HandlingWire } from '#web/kit/handling-fields.tsx'
import { markingDraft } from '../contract.ts'
import { ReaderDesks } from './reader-desks.tsx'
import { t } from './text.ts'

export interface MarkingForm {
  readonly evaluation: EvaluationWire
  readonly handling: HandlingWire
  readonly act: string
  readonly art: string
  readonly category: string
  readonly reviewDays: string
  readonly retentionDays: string
  readonly readers: readonly string[]
}

export const EMPTY_MARKING: MarkingForm = {
  evaluation: { source: 'B', info: 2 },
  handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
  act: '',
  art: '',
  category: '',
  reviewDays: '365',
  retentionDays: '1095',
  readers: [],
}

/** Undefined while a part is missing or out of bounds. */
export function markingOf({ evaluation, handling, act, art, category, reviewDays, retentionDays, readers }: MarkingForm) {
  const parsed = markingDraft.safeParse({
    evaluation,
    handling,
    legalBasis: { act: act.trim(), art: art.trim() },
    category,
    reviewDays,
    retentionDays,
    readers,
  })
  return parsed.success ? parsed.data : undefined
}

export function MarkingFields({ value, onChange }: { readonly value: MarkingForm; readonly onChange: (value: MarkingForm) => void }) {
  const set = (part: Partial<MarkingForm>): void => onChange({ ...value, ...part })
  return (
    <>
      <fieldset className="fieldset">
        <legend>{t('marking.use')}</legend>
        <EvaluationFields value={value.evaluation} onChange={(evaluation) => set({ evaluation })} />
        <HandlingFields value={value.handling} onChange={(handling) => set({ handling })} />
      </fieldset>
      <fieldset className="fieldset">
        <legend>{t('marking.basis')}</legend>
        <TextField label={t('marking.act')} value={value.act} onChange={(act) => set({ act })} isRequired maxLength={200} />
        <TextField label={t('marking.art')} value={value.art} onChange={(art) => set({ art })} isRequired maxLength={100} />
        <Select
          label={t('marking.category')}
          value={value.category}
          onChange={(category) => set({ category })}
          empty={t('marking.choose')}
          isRequired
          help={t('marking.categoryHelp')}
          choices={SUBJECT_CATEGORIES.map((id) => ({ id, label: t(`category.${id}`) }))}
        />
        <TextField
          label={t('marking.review')}
          type="number"
          value={value.reviewDays}
          onChange={(reviewDays) => set({ reviewDays })}
          isRequired
        />
        <TextField
          label={t('marking.retention')}
          type="number"
          value={value.retentionDays}
          onChange={(retentionDays) => set({ retentionDays })}
          isRequired
        />
        <ReaderDesks label={t('marking.readers')} readers={value.readers} onChange={(readers) => set({ readers })} />
      </fieldset>
    </>
  )
}
