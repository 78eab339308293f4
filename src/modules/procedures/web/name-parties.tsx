/** Names the desks of roles that have not got the case yet; every party that has it hears of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Problem } from '#web/kit/states.tsx'
import { t as app } from '#web/text.ts'
import { type CaseOnScreen, setParties } from '../contract.ts'
import { roleTitle } from './definition-texts.ts'
import { type ChosenDesk, RoleField } from './role-field.tsx'
import { t } from './text.ts'

export function NameParties({ view, definition }: { readonly view: CaseOnScreen; readonly definition: ProcedureDef }) {
  const [naming, setNaming] = useState<string>()
  const roles = nameable(view, definition)
  if (roles.length === 0) return null
  return (
    <div className="actions">
      {roles.map((role) => (
        <Button key={role} onPress={() => setNaming(role)}>
          {t('case.name', { role: roleTitle(definition, role) })}
        </Button>
      ))}
      {naming === undefined ? null : <NameDialog view={view} definition={definition} role={naming} onClose={() => setNaming(undefined)} />}
    </div>
  )
}

/** Roles the opener may still fill: nobody in them has the case, and no step of the procedure addresses them. */
function nameable(view: CaseOnScreen, { opener, roles, transitions }: ProcedureDef): readonly string[] {
  if (!view.isOpen || view.role !== opener) return []
  const addressed = new Set(transitions.flatMap(({ effects }) => effects.flatMap((each) => (each.kind === 'address' ? [each.role] : []))))
  return Object.keys(roles).filter(
    (role) =>
      role !== opener &&
      !view.parties.some((party) => party.role === role && party.hasCase) &&
      (!addressed.has(role) || view.parties.some((party) => party.role === role)),
  )
}

interface NameDialogProps {
  readonly view: CaseOnScreen
  readonly definition: ProcedureDef
  readonly role: string
  readonly onClose: () => void
}

function NameDialog({ view, definition, role, onClose }: NameDialogProps) {
  const cache = useQueryClient()
  const [chosen, setChosen] = useState<readonly ChosenDesk[]>(
    view.parties.filter((party) => party.role === role).map(({ desk, name }) => ({ id: desk, label: name })),
  )
  const name = useMutation({
    mutationFn: async () => await call(setParties, { case: view.case, role, desks: chosen.map(({ id }) => id) }),
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  const title = roleTitle(definition, role)
  return (
    <Dialog title={t('case.name', { role: title })} isOpen onClose={onClose}>
      <p>{t('case.nameWhy')}</p>
      <RoleField
        procedure={view.procedure}
        role={role}
        title={title}
        isMany={definition.roles[role]?.many === true}
        isRequired={false}
        note={undefined}
        chosen={chosen}
        problem={undefined}
        onChange={setChosen}
      />
      <Problem error={name.error} />
      <div className="actions">
        <Button kind="primary" isDisabled={name.isPending} onPress={() => name.mutate()}>
          {t('case.nameDone')}
        </Button>
        <Button onPress={onClose}>{app('app.cancel')}</Button>
      </div>
    </Dialog>
  )
}
