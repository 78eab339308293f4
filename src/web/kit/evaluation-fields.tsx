/** How good a piece of information is, after the 4×4 system: the source, and what it says. */
import { evaluationWire } from '#modules/exchange/contract'
import { t } from '../text.ts'
import { Select } from './fields.tsx'

const SOURCES = evaluationWire.shape.source.options
const INFOS = [1, 2, 3, 4] as const

export interface EvaluationWire {
  readonly source: (typeof SOURCES)[number]
  readonly info: number
}

export function EvaluationFields({
  value,
  onChange,
}: {
  readonly value: EvaluationWire
  readonly onChange: (value: EvaluationWire) => void
}) {
  return (
    <>
      <Select
        label={t('grade.source')}
        value={value.source}
        onChange={(text) => onChange({ ...value, source: SOURCES.find((each) => each === text) ?? 'X' })}
        choices={SOURCES.map((id) => ({ id, label: t(`grade.${id}`) }))}
      />
      <Select
        label={t('grade.info')}
        value={String(value.info)}
        onChange={(text) => onChange({ ...value, info: INFOS.find((each) => String(each) === text) ?? 4 })}
        choices={INFOS.map((id) => ({ id: String(id), label: t(`grade.${id}`) }))}
      />
    </>
  )
}

/** Both halves in words. */
export function gradeText({ source, info }: EvaluationWire): string {
  return `${t(`grade.${source}`)}; ${t(`grade.${INFOS.find((each) => each === info) ?? 4}`)}`
}
