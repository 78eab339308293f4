/** Opens a case: who takes part, role by role; the own desk fills the role that opens. Nobody is told before a step sends the case. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { openCase, showProcedure } from '../contract.ts'
import { roleTitle } from './definition-texts.ts'
import { type ChosenDesk, RoleField } from './role-field.tsx'
import { t } from './text.ts'

export function OpenCasePage() {
  const procedure = useParam('procedure')
  const query = useCall(showProcedure, { procedure })
  return (
    <Reading query={query} title={t('open.case')}>
      {({ definition }) => <Parties definition={definition as unknown as ProcedureDef} />}
    </Reading>
  )
}

type Chosen = Readonly<Record<string, readonly ChosenDesk[]>>

function Parties({ definition }: { readonly definition: ProcedureDef }) {
  const session = useSessionQuery()
  const { parent } = useAddress()
  const go = useGo()
  const [chosen, setChosen] = useState<Chosen>({})
  const [isTried, setTried] = useState(false)
  const [key] = useState(actKey)
  const { opener = '' } = definition
  const roles = Object.keys(definition.roles).filter((role) => role !== opener)
  const later = rolesFilledLater(definition)
  const lacking = roles.filter((role) => isNeeded(definition, role, later) && (chosen[role] ?? []).length === 0)
  const open = useMutation({
    mutationFn: async () =>
      await call(openCase, {
        procedure: definition.id,
        parties: Object.fromEntries(Object.entries(chosen).map(([role, desks]) => [role, desks.map(({ id }) => id)])),
        ...(parent === undefined ? {} : { parent }),
        key,
      }),
    onSuccess: (opened) => go(`/cases/${opened.case}`, { step: firstForm(definition) }),
  })
  const press = (): void => {
    setTried(true)
    if (lacking.length === 0) open.mutate()
  }
  return (
    <>
      <h1>{t('open.title', { procedure: definition.title })}</h1>
      <p>
        <AppLink to={`/procedures/${definition.id}`}>
          {definition.id} {definition.title}
        </AppLink>
      </p>
      <p>{t('open.why')}</p>
      <form className="form" noValidate onSubmit={(event) => event.preventDefault()}>
        <dl className="facts">
          <dt>{roleTitle(definition, opener)}</dt>
          <dd>
            <strong>{session.data?.desk.name}</strong> <span className="muted">{t('open.own')}</span>
          </dd>
        </dl>
        {roles.map((role) => (
          <RoleField
            key={role}
            procedure={definition.id}
            role={role}
            title={roleTitle(definition, role)}
            isMany={definition.roles[role]?.many === true}
            isRequired={isNeeded(definition, role, later)}
            note={later.has(role) ? t('open.later') : undefined}
            chosen={chosen[role] ?? []}
            problem={isTried && lacking.includes(role) ? t('open.needed') : undefined}
            onChange={(desks) => setChosen((held) => ({ ...held, [role]: desks }))}
          />
        ))}
        <Problem error={open.error} />
        <div className="actions">
          <Button kind="primary" isDisabled={open.isPending} onPress={press}>
            {t('open.case')}
          </Button>
        </div>
      </form>
    </>
  )
}

/** Roles that a step fills: nobody has to stand in them when the case is opened. */
function rolesFilledLater(definition: ProcedureDef): ReadonlySet<string> {
  const effects = definition.transitions.flatMap((transition) => transition.effects)
  return new Set(effects.flatMap((effect) => (effect.kind === 'address' ? [effect.role] : [])))
}

function isNeeded(definition: ProcedureDef, role: string, later: ReadonlySet<string>): boolean {
  return definition.roles[role]?.optional !== true && !later.has(role)
}

function firstForm(definition: ProcedureDef): string | undefined {
  const { opener = '', initial } = definition
  return definition.transitions.find(
    ({ from, by, form }) => from.includes(initial) && by?.includes(opener) === true && (form ?? []).length > 0,
  )?.id
}
