/** How a piece of information may be used: who may know (TLP), what may be done (PAP), codes and typed conditions; and the same as one line of text. */
import { CONDITIONS } from '#kernel/handling/capability.ts'
import { handlingWire, type ItemField } from '#modules/exchange/contract'
import { t } from '../text.ts'
import { Checkbox, Select } from './fields.tsx'

const TLP = handlingWire.shape.tlp.options
const PAP = handlingWire.shape.pap.options
const CODES = ['H1', 'H2'] as const

export type HandlingWire = ItemField['handling']

export function HandlingFields({ value, onChange }: { readonly value: HandlingWire; readonly onChange: (value: HandlingWire) => void }) {
  const set = (part: Partial<HandlingWire>): void => onChange({ ...value, ...part })
  const toggle = <T extends string>(list: readonly T[], each: T, on: boolean): T[] =>
    on ? [...list, each] : list.filter((other) => other !== each)
  return (
    <>
      <Select
        label={t('handling.tlp')}
        value={value.tlp}
        onChange={(text) => set({ tlp: TLP.find((each) => each === text) ?? 'RED' })}
        choices={TLP.map((id) => ({ id, label: id }))}
      />
      <Select
        label={t('handling.pap')}
        value={value.pap}
        onChange={(text) => set({ pap: PAP.find((each) => each === text) ?? 'RED' })}
        choices={PAP.map((id) => ({ id, label: id }))}
      />
      <div>
        {CODES.map((id) => (
          <Checkbox
            key={id}
            label={t(`handling.${id}`)}
            isSelected={value.H.includes(id)}
            onChange={(on) => set({ H: toggle(value.H, id, on) })}
          />
        ))}
        {Object.keys(CONDITIONS).map((id) => (
          <Checkbox
            key={id}
            label={t(`handling.${id as 'no-storage'}`)}
            isSelected={value.conditions.includes(id)}
            onChange={(on) => {
              const conditions = toggle(value.conditions, id, on)
              set({
                conditions,
                H: conditions.length > 0 ? [...new Set([...value.H, 'H3' as const])] : value.H.filter((each) => each !== 'H3'),
              })
            }}
          />
        ))}
      </div>
    </>
  )
}

export function handlingText({ H, tlp, pap, conditions, evidenceUse }: HandlingWire): string {
  return [`TLP:${tlp}`, `PAP:${pap}`, ...H, ...conditions, ...(evidenceUse === undefined ? [] : [`evidence: ${evidenceUse}`])].join(', ')
}
