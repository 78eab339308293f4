/** Handling of one field: who may know, what may be done, and conditions in words. */
import { CONDITIONS } from '#kernel/handling/capability.ts'
import { Checkbox, Select } from '#web/kit/fields.tsx'
import { handlingWire, type ItemField } from '../contract.ts'
import { t } from './text.ts'

const TLP = handlingWire.shape.tlp.options
const PAP = handlingWire.shape.pap.options
const CODES = ['H1', 'H2'] as const

type Wire = ItemField['handling']

export function HandlingFields({ value, onChange }: { readonly value: Wire; readonly onChange: (value: Wire) => void }) {
  const set = (part: Partial<Wire>): void => onChange({ ...value, ...part })
  const toggle = <T extends string>(list: readonly T[], each: T, on: boolean): T[] =>
    on ? [...list, each] : list.filter((other) => other !== each)
  return (
    <>
      <Select
        label={t('item.tlp')}
        value={value.tlp}
        onChange={(text) => set({ tlp: TLP.find((each) => each === text) ?? 'RED' })}
        choices={TLP.map((id) => ({ id, label: id }))}
      />
      <Select
        label={t('item.pap')}
        value={value.pap}
        onChange={(text) => set({ pap: PAP.find((each) => each === text) ?? 'RED' })}
        choices={PAP.map((id) => ({ id, label: id }))}
      />
      <div>
        {CODES.map((id) => (
          <Checkbox
            key={id}
            label={t(`code.${id}`)}
            isSelected={value.H.includes(id)}
            onChange={(on) => set({ H: toggle(value.H, id, on) })}
          />
        ))}
        {Object.keys(CONDITIONS).map((id) => (
          <Checkbox
            key={id}
            label={t(`condition.${id as 'no-storage'}`)}
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

export function handlingText({ H, tlp, pap, conditions, evidenceUse }: Wire): string {
  return [`TLP:${tlp}`, `PAP:${pap}`, ...H, ...conditions, ...(evidenceUse === undefined ? [] : [`evidence: ${evidenceUse}`])].join(', ')
}
