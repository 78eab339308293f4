/** Finds a consignment of the own desk by port, day and container, to be a test case of a rule. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showDate } from '#web/time.ts'
import { useNow } from '#web/use-now.ts'
import { useSettled } from '#web/use-settled.ts'
import { listPortDays, listQueue, type RuleBody } from '../contract.ts'
import { civilDay, dayAfter } from './days.ts'
import { t } from './text.ts'

const DAYS_BACK = 45
const DAYS_AHEAD = 15
const SHOWN = 20
const TYPED_MS = 300

export interface TestPickerProps {
  readonly onPick: (test: RuleBody['tests'][number], container: string) => void
  readonly onClose: () => void
}

export function TestPicker({ onPick, onClose }: TestPickerProps) {
  const today = civilDay(useNow())
  const days = useCall(listPortDays, { from: dayAfter(today, -DAYS_BACK), to: dayAfter(today, DAYS_AHEAD) })
  const [chosen, setChosen] = useState('')
  const [container, setContainer] = useState('')
  const [note, setNote] = useState('')
  const typed = useSettled(container, TYPED_MS)
  const items = days.data?.items ?? []
  const place = items.find(({ port, day }) => `${port} ${day}` === chosen) ?? items[0]
  const found = useCall(
    listQueue,
    { port: place?.port ?? '', day: place?.day ?? '', limit: SHOWN, ...(typed === '' ? {} : { container: typed }) },
    { enabled: place !== undefined },
  )
  return (
    <Dialog title={t('rule.addTest')} isOpen onClose={onClose}>
      <Reading query={days}>
        {() =>
          place === undefined ? (
            <Empty>{t('picker.none')}</Empty>
          ) : (
            <>
              <Select
                label={t('picker.portDay')}
                value={`${place.port} ${place.day}`}
                onChange={setChosen}
                choices={items.map(({ port, day }) => ({ id: `${port} ${day}`, label: `${showDate(day)}, ${port}` }))}
              />
              <TextField
                label={t('picker.container')}
                value={container}
                onChange={(text) => setContainer(text.toUpperCase())}
                maxLength={20}
              />
              <TextField label={t('picker.note')} value={note} onChange={setNote} maxLength={200} />
              <Reading query={found}>
                {({ items: rows }) =>
                  rows.length === 0 ? (
                    <Empty>{t('picker.none')}</Empty>
                  ) : (
                    <ul className="plain picked" aria-label={t('picker.found')}>
                      {rows.map(({ arrival, container: name, loading, goods }) => (
                        <li key={arrival}>
                          <span>
                            <span className="mono">{name}</span> {loading} <bdi>{goods}</bdi>
                          </span>
                          <Button
                            label={t('picker.fires', { container: name })}
                            onPress={() => onPick({ arrival, expected: 'fires', note: note.trim() }, name)}
                          >
                            {t('test.fires')}
                          </Button>
                          <Button
                            label={t('picker.not', { container: name })}
                            onPress={() => onPick({ arrival, expected: 'does-not-fire', note: note.trim() }, name)}
                          >
                            {t('test.does-not-fire')}
                          </Button>
                        </li>
                      ))}
                    </ul>
                  )
                }
              </Reading>
            </>
          )
        }
      </Reading>
    </Dialog>
  )
}
