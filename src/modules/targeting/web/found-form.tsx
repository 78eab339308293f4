/** What was found, how much and where: one line for each find. */
import { type FormEvent, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { controlMeans, foundKind, foundPlace, type OutcomeDraft } from '../contract.ts'
import { readKilograms } from './kilograms.ts'
import type { SaidOutcome } from './outcome-text.ts'
import { t } from './text.ts'

const MOST = 10

interface Line {
  readonly key: number
  readonly kind: string
  readonly kilograms: string
  readonly place: string
}

const line = (key: number): Line => ({ key, kind: '', kilograms: '', place: '' })

export interface FoundFormProps {
  readonly container: string
  readonly onSaid: (said: SaidOutcome) => void
  readonly onClose: () => void
}

export function FoundForm({ container, onSaid, onClose }: FoundFormProps) {
  const [means, setMeans] = useState<string>('opened')
  const [lines, setLines] = useState<readonly Line[]>([line(0)])
  const [note, setNote] = useState('')
  const found = lines.map(readFound)
  const isReady = found.every((each) => each !== undefined)
  const change = (key: number, part: Partial<Line>): void =>
    setLines((held) => held.map((each) => (each.key === key ? { ...each, ...part } : each)))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const chosen = controlMeans.options.find((each) => each === means)
    if (!isReady || chosen === undefined) return
    onSaid({
      kind: 'found',
      means: chosen,
      found: found.filter((each) => each !== undefined),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    })
    onClose()
  }
  return (
    <Dialog title={t('outcomes.foundIn', { container })} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Select
          label={t('outcomes.means')}
          value={means}
          onChange={setMeans}
          choices={controlMeans.options.map((id) => ({ id, label: t(`means.${id}`) }))}
        />
        {lines.map((each, at) => (
          <fieldset key={each.key} className="fieldset">
            <legend>{t('outcomes.item', { n: at + 1 })}</legend>
            <Select
              label={t('outcomes.kind')}
              value={each.kind}
              onChange={(kind) => change(each.key, { kind })}
              empty={t('outcomes.pick')}
              isRequired
              choices={foundKind.options.map((id) => ({ id, label: t(`foundKind.${id}`) }))}
            />
            <TextField
              label={t('outcomes.kilograms')}
              value={each.kilograms}
              onChange={(kilograms) => change(each.key, { kilograms })}
              isRequired
              maxLength={12}
            />
            <Select
              label={t('outcomes.place')}
              value={each.place}
              onChange={(place) => change(each.key, { place })}
              empty={t('outcomes.pick')}
              isRequired
              choices={foundPlace.options.map((id) => ({ id, label: t(`foundPlace.${id}`) }))}
            />
            {lines.length === 1 ? null : (
              <Button onPress={() => setLines((held) => held.filter(({ key }) => key !== each.key))}>
                {t('outcomes.remove', { n: at + 1 })}
              </Button>
            )}
          </fieldset>
        ))}
        <TextField label={t('outcomes.note')} value={note} onChange={setNote} maxLength={500} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={!isReady}>
            {t('outcomes.record')}
          </Button>
          <Button
            isDisabled={lines.length >= MOST}
            onPress={() => setLines((held) => [...held, line(Math.max(...held.map(({ key }) => key)) + 1)])}
          >
            {t('outcomes.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function readFound({ kind, kilograms, place }: Line): OutcomeDraft['found'][number] | undefined {
  const what = foundKind.options.find((each) => each === kind)
  const where = foundPlace.options.find((each) => each === place)
  const weight = readKilograms(kilograms)
  return what === undefined || where === undefined || weight === undefined ? undefined : { kind: what, kilograms: weight, place: where }
}
