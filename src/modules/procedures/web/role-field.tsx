/** The desks of one role: found by typing, one or several. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { DeskSearch } from '#web/kit/procedure-form/choice-fields.tsx'
import type { FrameProps } from '#web/kit/procedure-form/field-frame.tsx'
import { findDesksOfRole } from './party-search.ts'
import { t } from './text.ts'

export interface ChosenDesk {
  readonly id: string
  readonly label: string
}

export interface RoleFieldProps {
  readonly procedure: string
  readonly role: string
  readonly title: string
  readonly isMany: boolean
  readonly isRequired: boolean
  readonly note: string | undefined
  readonly chosen: readonly ChosenDesk[]
  readonly problem: string | undefined
  readonly onChange: (desks: readonly ChosenDesk[]) => void
}

export function RoleField({ procedure, role, title, isMany, isRequired, note, chosen, problem, onChange }: RoleFieldProps) {
  const [found, setFound] = useState<readonly ChosenDesk[]>([])
  const frame: FrameProps = {
    id: `role-${role}`,
    label: title,
    field: { id: role, title, type: 'desk' },
    isRequired,
    note,
    problems: problem === undefined ? [] : [{ code: 'party', at: role, message: problem }],
  }
  const pick = (desk: string): void => {
    if (desk === '') {
      if (!isMany) onChange([])
      return
    }
    const option = found.find(({ id }) => id === desk)
    if (option === undefined) return
    if (!isMany) onChange([option])
    else if (!chosen.some(({ id }) => id === desk)) onChange([...chosen, option])
  }
  return (
    <div className="role-field">
      <DeskSearch
        frame={frame}
        search={`${procedure} ${role}`}
        find={async (text, signal) => {
          const answer = await findDesksOfRole({ procedure, role, text }, signal)
          setFound((held) => [...held.filter(({ id }) => !answer.options.some((each) => each.id === id)), ...answer.options])
          return answer
        }}
        chosen={isMany ? '' : (chosen[0]?.label ?? '')}
        onChange={pick}
      />
      {!isMany || chosen.length === 0 ? null : (
        <ul className="plain chosen" aria-label={t('open.chosen', { role: title })}>
          {chosen.map((desk) => (
            <li key={desk.id}>
              {desk.label}{' '}
              <Button onPress={() => onChange(chosen.filter(({ id }) => id !== desk.id))} label={t('open.remove', { desk: desk.label })}>
                ✕
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
