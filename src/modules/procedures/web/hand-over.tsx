/** Shift hand-over: the sheet as it stands, to print; notes for who comes; receipt of what was left. The time the shift began stands in the address. */
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { showSheet } from '../contract.ts'
import { HandOvers, MakeHandOver } from './hand-over-notes.tsx'
import { SheetView } from './hand-over-sheet.tsx'
import { t } from './text.ts'

const USUAL_SHIFT_MS = 8 * 3_600_000
const USUAL_HOURS = '12'
const MINUTE = 60_000

/** The same for the whole minute, so that drawing again asks nothing again. */
const usualStart = () => new Date(Math.floor((Date.now() - USUAL_SHIFT_MS) / MINUTE) * MINUTE).toISOString()

export function HandOverPage() {
  const address = useAddress()
  const go = useGo()
  const since = address['since'] ?? usualStart()
  const hours = address['hours'] ?? USUAL_HOURS
  const sheet = useCall(showSheet, { since, hours: Number(hours) })
  const set = (change: Readonly<Record<string, string>>) => go('/hand-over', { since, hours, ...change })
  return (
    <>
      <h1>{t('shift.title')}</h1>
      <div className="toolbar no-print">
        <TextField
          label={t('shift.since')}
          type="datetime-local"
          value={toLocalField(since)}
          onChange={(value) => {
            const instant = fromLocalField(value)
            if (instant !== undefined) set({ since: instant })
          }}
        />
        <TextField
          label={t('shift.hours')}
          type="number"
          value={hours}
          onChange={(value) => {
            if (Number(value) >= 1 && Number(value) <= 168) set({ hours: value })
          }}
        />
        <Button onPress={() => window.print()}>{t('shift.print')}</Button>
      </div>
      <Reading query={sheet}>{(seen) => <SheetView sheet={seen} />}</Reading>
      <MakeHandOver since={since} />
      <HandOvers />
    </>
  )
}
