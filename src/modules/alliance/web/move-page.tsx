/** The terminal reports what happened to a box: discharged, moved in the yard, out of the gate. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Select, TextField } from '#web/kit/fields.tsx'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { listRights, reportMove } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { PortalTabs } from './portal-tabs.tsx'
import { NO_RIGHT, namedRight, RightNameFields } from './right-name-fields.tsx'
import { t } from './text.ts'

const MOVES = ['discharged', 'moved', 'gated-out'] as const

export function MovePage() {
  const [name, setName] = useState(NO_RIGHT)
  const [move, setMove] = useState<(typeof MOVES)[number]>('discharged')
  const [when, setWhen] = useState(() => toLocalField(new Date().toISOString()))
  const [line, setLine] = useState('')
  const [right, at] = [namedRight(name), fromLocalField(when)]
  const named = move === 'discharged' && line.trim() !== '' ? { line: line.trim() } : {}
  return (
    <>
      <h1>{t('move.title')}</h1>
      <PortalTabs current="/gate/moves" />
      <ActForm
        label={t('move.report')}
        content={right === undefined || at === undefined ? undefined : { ...right, move, at, ...named }}
        send={async (content) => await call(reportMove, content)}
        stale={[listRights.id]}
        said={reported}
      >
        <fieldset className="fieldset">
          <legend>{t('rights.container')}</legend>
          <RightNameFields name={name} onChange={setName} />
        </fieldset>
        <fieldset className="fieldset">
          <legend>{t('move.kind')}</legend>
          <Select
            label={t('move.kind')}
            value={move}
            onChange={(value) => setMove(MOVES.find((each) => each === value) ?? 'discharged')}
            choices={MOVES.map((id) => ({ id, label: t(`move.${id}`) }))}
          />
          <TextField label={t('move.at')} type="datetime-local" value={when} onChange={setWhen} isRequired />
          {move === 'discharged' ? <TextField label={t('move.line')} value={line} onChange={setLine} maxLength={120} /> : null}
        </fieldset>
      </ActForm>
    </>
  )
}

function reported() {
  return <p>{t('move.done')}</p>
}
