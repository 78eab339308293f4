/** Two times of a record: when it was known here, and for when it is said to hold; and whether what has ended is shown too. The address holds all three. */
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { Checkbox } from '#web/kit/fields.tsx'
import { useAddress, useGo, useParam } from '#web/navigate.tsx'
import { t } from './text.ts'

export function RecordTimes() {
  const entity = useParam('entity')
  const go = useGo()
  const { known, valid, history } = useAddress()
  const set = (part: Readonly<Record<string, string>>): void =>
    go(`/records/${entity}`, { known, valid, history, ...part }, { replace: true })
  return (
    <fieldset className="toolbar" aria-label={t('times.label')}>
      <DayField label={t('times.known')} value={known ?? ''} onChange={(day) => set({ known: day })} />
      <DayField label={t('times.valid')} value={valid ?? ''} onChange={(day) => set({ valid: day })} />
      <Checkbox label={t('times.history')} isSelected={history === 'yes'} onChange={(on) => set({ history: on ? 'yes' : '' })} />
      {known === undefined && valid === undefined ? null : (
        <>
          <Button onPress={() => set({ known: '', valid: '' })}>{t('times.now')}</Button>
          <p className="warnings" role="status">
            {t('times.then')} {known === undefined ? null : t('times.thenKnown')}
          </p>
        </>
      )}
    </fieldset>
  )
}
