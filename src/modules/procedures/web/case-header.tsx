/** What case this is, how it stands, whose turn it is, who takes part, and which cases it hangs together with. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { Badge } from '#web/kit/badge.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { CaseOnScreen } from '../contract.ts'
import type { CaseValuesProps } from './case-values.tsx'
import { roleTitle } from './definition-texts.ts'
import { NameParties } from './name-parties.tsx'
import { t } from './text.ts'

export function CaseHeader({ definition, view }: CaseValuesProps) {
  const waitsFor = definition.states.find(({ id }) => id === view.state)?.waitsFor
  return (
    <>
      <h1 id="case-title" tabIndex={-1}>
        {view.label === '' ? view.title : view.label}
      </h1>
      <p>
        <AppLink to={`/procedures/${view.procedure}`} search={{ version: view.procedureVersion }}>
          {view.procedure} {view.title}
        </AppLink>{' '}
        <Badge tone={view.isOpen ? 'info' : 'neutral'}>{view.stateTitle}</Badge>{' '}
        {!view.isOpen ? t('case.closed') : <Turn view={view} role={waitsFor} definition={definition} />}
      </p>
      <section className="panel" aria-labelledby="case-parties">
        <h2 id="case-parties">{t('case.parties')}</h2>
        <dl className="facts">
          {view.parties.map((party) => (
            <div key={`${party.role} ${party.desk}`} className="contents">
              <dt>{roleTitle(definition, party.role)}</dt>
              <dd>
                {party.name} ({party.country}) {party.isOwn ? <Badge tone="good">{t('case.own')}</Badge> : null}
              </dd>
            </div>
          ))}
          <dt>{t('case.reference')}</dt>
          <dd className="mono">{view.reference}</dd>
          <dt>{t('case.opened')}</dt>
          <dd>{showInstant(view.openedAt)}</dd>
          <dt>{t('case.version')}</dt>
          <dd>{view.procedureVersion}</dd>
          <Related view={view} />
        </dl>
        <NameParties view={view} definition={definition} />
      </section>
    </>
  )
}

interface TurnProps {
  readonly view: CaseOnScreen
  readonly role: string | undefined
  readonly definition: ProcedureDef
}

function Turn({ view, role, definition }: TurnProps) {
  if (view.ownTurn) return <strong>{t('case.ownTurn')}</strong>
  return <>{role === undefined ? t('case.nobodysTurn') : t('case.othersTurn', { role: roleTitle(definition, role) })}</>
}

function Related({ view }: { readonly view: CaseOnScreen }) {
  const { parent, children } = view
  return (
    <>
      {parent === undefined ? null : (
        <>
          <dt>{t('case.parent')}</dt>
          <dd>
            <AppLink to={parent.link}>{parent.label === '' ? parent.case : parent.label}</AppLink>
          </dd>
        </>
      )}
      {children.length === 0 ? null : (
        <>
          <dt>{t('case.children')}</dt>
          <dd>
            <ul className="plain">
              {children.map((child) => (
                <li key={child.case}>
                  <AppLink to={`/cases/${child.case}`}>
                    {child.procedure} {child.label}
                  </AppLink>{' '}
                  <Badge>{child.state}</Badge>
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </>
  )
}
