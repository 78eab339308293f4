/** One procedure for people, in one of its wordings: the whole of what the machine runs by, with every citation and how far it was checked. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { Badge } from '#web/kit/badge.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { listProcedures, showProcedure } from '../contract.ts'
import { ProcedureClocks, ProcedureGrounds, ProcedureRetention } from './procedure-law.tsx'
import { ProcedureFields, ProcedureStates, ProcedureSteps } from './procedure-parts.tsx'
import { t } from './text.ts'

export function ProcedurePage() {
  const procedure = useParam('procedure')
  const { version } = useAddress()
  const query = useCall(showProcedure, { procedure, ...(version === undefined ? {} : { version }) })
  return (
    <Reading query={query} title={t('catalogue.procedure')}>
      {({ definition, versions }) => <Shown definition={definition as unknown as ProcedureDef} versions={versions} />}
    </Reading>
  )
}

function Shown({ definition, versions }: { readonly definition: ProcedureDef; readonly versions: readonly string[] }) {
  const mayOpen = useCall(listProcedures, {}).data?.items.some(({ id, mayOpen }) => id === definition.id && mayOpen) === true
  return (
    <>
      <h1>
        {definition.id} {definition.title}
      </h1>
      <p>
        <Badge>{t(`realm.${definition.realm}`)}</Badge> {t('procedure.measures', { measures: definition.measures.join(', ') || '–' })}{' '}
        {mayOpen ? (
          <AppLink className="button primary" to={`/procedures/${definition.id}/open`}>
            {t('open.case')}
          </AppLink>
        ) : null}
      </p>
      {versions.length < 2 ? null : (
        <nav className="tabs" aria-label={t('procedure.versions')}>
          {versions.map((each) => (
            <AppLink key={each} to={`/procedures/${definition.id}`} search={{ version: each }} isCurrent={each === definition.version}>
              {each}
            </AppLink>
          ))}
        </nav>
      )}
      <section className="panel" aria-labelledby="procedure-basis">
        <h2 id="procedure-basis">{t('case.basis')}</h2>
        <ul>
          {definition.basis.map((basis) => (
            <li key={`${basis.act} ${basis.art}`}>
              <LegalBasis basis={basis} />
            </li>
          ))}
        </ul>
        {definition.notes?.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </section>
      <ProcedureStates definition={definition} />
      <ProcedureSteps definition={definition} />
      <ProcedureClocks definition={definition} />
      <ProcedureGrounds definition={definition} />
      <ProcedureFields definition={definition} />
      <ProcedureRetention definition={definition} />
    </>
  )
}
