/** The picture of a plan and the table of its boxes: one choice for both, held in the address so that it can be passed on. */
import { useMemo, useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Checkbox, Select } from '#web/kit/fields.tsx'
import { Empty } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import type { StowageAnswer } from '../contract/vessel.ts'
import { lifeAddress } from './life-address.ts'
import { StowageLegend } from './stowage-legend.tsx'
import { isMarked, stowageOf } from './stowage-model.ts'
import { StowageStage } from './stowage-stage.tsx'
import { StowageTable } from './stowage-table.tsx'
import { boxText } from './stowage-words.ts'
import { vesselAddress } from './vessel-address.ts'
import { t } from './vessel-text.ts'

export function StowagePanel({ answer }: { readonly answer: StowageAnswer }) {
  const address = useAddress()
  const go = useGo()
  const vessel = useParam('vessel')
  const stowage = useMemo(() => stowageOf(answer), [answer])
  const { box: named, only, discharge } = address
  const set = (part: Readonly<Record<string, string | undefined>>): void =>
    go(vesselAddress(vessel), { ...address, ...part }, { replace: true })
  const chosen = useMemo(() => {
    const found = named === undefined ? -1 : answer.containers.indexOf(named)
    return found < 0 ? undefined : found
  }, [answer, named])
  // A container can stand twice in a faulty plan: the place is what was chosen, as long as it fits the address.
  const [place, setPlace] = useState<number>()
  const current = place !== undefined && answer.containers[place] === named ? place : chosen
  const choose = (box: number): void => {
    setPlace(box)
    set({ box: answer.containers[box] })
  }
  const open = (box: number): void => go(lifeAddress(answer.containers[box] ?? ''))
  const shown = useMemo(
    () =>
      answer.containers.flatMap((_, box) => {
        if (only === 'marked' && !isMarked(answer, box)) return []
        return discharge !== undefined && answer.places[answer.discharge[box] ?? -1] !== discharge ? [] : [box]
      }),
    [answer, only, discharge],
  )
  const port = discharge === undefined ? -1 : answer.places.indexOf(discharge)
  const container = current === undefined ? undefined : answer.containers[current]
  if (answer.containers.length === 0) return <Empty>{t('stowage.none')}</Empty>
  const shared = current === undefined ? 1 : (stowage.at.get(answer.positions[current] ?? -1)?.length ?? 1)
  return (
    <>
      <h2>{t('stowage.title')}</h2>
      <p>
        {t('vessel.boxes', { n: answer.containers.length })}, {t('vessel.marked', { n: stowage.marked.length })}
      </p>
      {answer.leftOut === 0 ? null : <p role="alert">{t('stowage.leftOut', { n: answer.leftOut })}</p>}
      <div className="toolbar">
        <Select
          label={t('stowage.discharge')}
          value={discharge ?? ''}
          onChange={(value) => set({ discharge: value })}
          empty={t('stowage.anyPort')}
          choices={portsOf(answer).map((id) => ({ id, label: id }))}
        />
        <Checkbox
          label={t('stowage.only')}
          isSelected={only === 'marked'}
          onChange={(isOn) => set({ only: isOn ? 'marked' : undefined })}
        />
      </div>
      <section className="panel" aria-label={t('stowage.chosen')}>
        <p aria-live="polite">{current === undefined ? t('stowage.nothing') : boxText(answer, current)}</p>
        {shared > 1 ? <Badge tone="warn">{t('stowage.shared', { n: shared })}</Badge> : null}
        {container === undefined ? null : (
          <p>
            <AppLink to={lifeAddress(container)}>{t('stowage.life', { container })}</AppLink>
          </p>
        )}
      </section>
      <div className="columns">
        <section className="panel">
          <StowageStage stowage={stowage} chosen={current} discharge={port < 0 ? undefined : port} onChoose={choose} onOpen={open} />
          <StowageLegend />
        </section>
        <section className="panel">
          <StowageTable answer={answer} rows={shown} chosen={current} onChoose={choose} onOpen={open} />
        </section>
      </div>
    </>
  )
}

function portsOf({ places, discharge }: StowageAnswer): readonly string[] {
  return [...new Set(discharge)].flatMap((at) => places[at] ?? []).sort()
}
