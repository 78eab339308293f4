/** One case: how it stands, its clocks, what may be done now, what it holds, what happened. The step whose form is open stands in the address. */
import { useState } from 'react'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { Reading } from '#web/kit/states.tsx'
import { useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { type CaseOnScreen, showCase } from '../contract.ts'
import { CaseClocks } from './case-clocks.tsx'
import { CaseHeader } from './case-header.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseSteps } from './case-steps.tsx'
import { CaseValues } from './case-values.tsx'
import { DocumentsPanel } from './documents-panel.tsx'
import { LinksPanel } from './links-panel.tsx'
import { StepForm } from './step-form.tsx'
import { nameOf } from './step-offer.ts'
import { useTakeStep } from './take-step.ts'
import { t } from './text.ts'
import { useDefinition } from './use-definition.ts'

export function CasePage() {
  const id = useParam('case')
  // Another case is another page: nothing of the one before stays.
  return <OneCase key={id} id={id} />
}

function OneCase({ id }: { readonly id: string }) {
  const view = useCall(showCase, { case: id })
  return (
    <Reading query={view} title={t('case.title')}>
      {(found) => <WithDefinition view={found} />}
    </Reading>
  )
}

function WithDefinition({ view }: { readonly view: CaseOnScreen }) {
  const query = useDefinition(view.procedure, view.procedureVersion)
  return (
    <Reading query={query} title={t('case.title')}>
      {(definition) => <Shown view={view} definition={definition} />}
    </Reading>
  )
}

function Shown({ view, definition }: { readonly view: CaseOnScreen; readonly definition: ProcedureDef }) {
  const go = useGo()
  const officer = useSessionQuery().data?.officer
  const here = `/cases/${view.case}`
  const { step: wanted } = useAddress()
  const opened = view.steps.find((step) => step.id === wanted && step.hasForm && step.barred === undefined)
  const [taken, setTaken] = useState('')
  const take = useTakeStep(view, (step) => {
    setTaken(t('case.taken', { step: nameOf(step) }))
    go(here, {}, { replace: true })
    document.getElementById('case-title')?.focus()
  })
  return (
    <>
      <CaseHeader view={view} definition={definition} />
      <p role="status">{taken}</p>
      <CaseSteps
        view={view}
        take={take}
        opened={opened?.id}
        onOpen={(step) => {
          take.reset()
          setTaken('')
          go(here, { step })
        }}
      />
      {opened === undefined ? null : (
        <StepForm
          key={`${view.case} ${opened.id}`}
          definition={definition}
          view={view}
          step={opened}
          take={take}
          officer={{ name: officer?.name ?? '', isSupervisor: officer?.roles.includes('supervisor') === true }}
          onClose={() => go(here)}
        />
      )}
      <div className="columns">
        <div>
          <CaseClocks view={view} />
          <CaseHistory view={view} definition={definition} />
        </div>
        <div>
          <CaseValues view={view} definition={definition} />
          <LinksPanel caseId={view.case} />
        </div>
      </div>
      <DocumentsPanel caseId={view.case} />
    </>
  )
}
