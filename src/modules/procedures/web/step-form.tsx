/** The form of a step: typed values are kept as a draft, what stands in the way is said while it is typed, and the node decides when it is sent. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ProcedureDef, REFUSAL_FIELDS } from '#kernel/procedure/definition.ts'
import { evaluate } from '#kernel/procedure/expression.ts'
import { refusalBar } from '#kernel/procedure/refusal.ts'
import { call, ProblemError } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { mergeProblems, problemsOf, sentFields, type Values } from '#web/kit/procedure-form/form-model.ts'
import type { FormSetting } from '#web/kit/procedure-form/form-setting.ts'
import { BROWSER_FORMATS } from '#web/kit/procedure-form/formats.ts'
import { ProcedureForm } from '#web/kit/procedure-form/procedure-form.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { useNow } from '#web/use-now.ts'
import { type CaseOnScreen, showDraft } from '../contract.ts'
import { askedHere, withMissed } from './asked-here.ts'
import { factsOnScreen } from './case-facts.ts'
import { ConfirmStep, Warnings } from './confirm-step.tsx'
import { textsOf } from './definition-texts.ts'
import { DraftConflict } from './draft-conflict.tsx'
import type { StoredDraft } from './draft-keeper.ts'
import { DraftStatusLine } from './draft-status.tsx'
import { findPartyDesks } from './party-search.ts'
import { asksFirst, nameOf, type StepOffer } from './step-offer.ts'
import type { TakeStep } from './take-step.ts'
import { t } from './text.ts'
import { useDraft } from './use-draft.ts'

export interface StepFormProps {
  readonly definition: ProcedureDef
  readonly view: CaseOnScreen
  readonly step: StepOffer
  readonly take: TakeStep
  readonly officer: { readonly name: string; readonly isSupervisor: boolean }
  readonly onClose: () => void
}

/** Mounted anew for each case and step. */
export function StepForm(props: StepFormProps) {
  const input = { case: props.view.case, transition: props.step.id }
  const draft = useQuery({
    queryKey: [showDraft.id, input],
    queryFn: async ({ signal }) => await call(showDraft, input, { signal }),
    // A form begins with what the node holds now, never with what it held when the form was open before.
    gcTime: 0,
  })
  return <Reading query={draft}>{(stored) => <Filled {...props} stored={stored} />}</Reading>
}

function Filled({ definition, view, step, take, officer, stored, onClose }: StepFormProps & { readonly stored: StoredDraft }) {
  const now = useNow()
  const { name: own, isSupervisor } = officer
  const [missed, setMissed] = useState<ReadonlySet<string>>(() => withMissed(new Set(), stored.problems))
  const ask = useCallback(
    (values: Values) => {
      const facts = factsOnScreen({ definition, view, now, isSupervisor }, values)
      return { facts, asked: askedHere({ definition, step: step.id, facts, missed }) }
    },
    [definition, view, now, isSupervisor, step.id, missed],
  )
  const sent = useCallback((values: Values) => sentFields(ask(values).asked, values, view.values), [ask, view.values])
  const { state, keeper, leaving } = useDraft({
    caseId: view.case,
    transition: step.id,
    stored,
    held: view.values,
    sent,
  })
  const { values, node } = state
  const more = withMissed(missed, node.problems)
  if (more !== missed) setMissed(more)
  const { facts, asked } = useMemo(() => ask(values), [ask, values])
  const refused = take.error instanceof ProblemError ? take.error.problems : []
  const problems = useMemo(() => {
    const own = problemsOf(asked, values, { formats: BROWSER_FORMATS, codeLists: definition.codeLists })
    return mergeProblems(own, node, values)
  }, [asked, values, node, definition])
  const setting = useMemo<FormSetting>(
    () => ({ texts: textsOf(definition), codeLists: definition.codeLists, findDesks: findPartyDesks(definition) }),
    [definition],
  )
  const [showsAll, setShowsAll] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const bars = barsOf(definition, step.id, facts)
  const warnings = warningsOf(definition, step, facts)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const send = async (): Promise<void> => {
    // What is still on its way is a draft that must not come after the step.
    await keeper.flush()
    if (keeper.state().status === 'contested') return
    keeper.hold()
    take.run({
      step,
      fields: sentFields(asked, keeper.state().values, view.values),
      onDone: keeper.stop,
      onRefused: keeper.release,
    })
  }
  const press = (): void => {
    setShowsAll(true)
    if (problems.length > 0 || state.contested.length > 0) return
    if (asksFirst({ ...step, warnings })) setAsking(true)
    else void send()
  }
  const leave = useCallback(() => void keeper.flush(), [keeper])
  return (
    <section className="panel" aria-labelledby="step-form">
      <h2 id="step-form" tabIndex={-1} ref={heading}>
        {nameOf(step)}
      </h2>
      <Warnings warnings={warnings} />
      <form className="step-form" noValidate onSubmit={(event) => event.preventDefault()}>
        <ProcedureForm
          asked={asked}
          values={values}
          problems={refused.length > 0 ? [...problems, ...refused.filter(({ at }) => !problems.some((each) => each.at === at))] : problems}
          setting={setting}
          showsAll={showsAll}
          onChange={keeper.change}
          onLeave={leave}
          status={<DraftStatusLine state={state} own={own} />}
        />
        <DraftConflict definition={definition} state={state} keeper={keeper} />
        {bars.length === 0 ? null : (
          <ul className="plain warnings" aria-label={t('case.inTheWay')}>
            {bars.map(({ because, basis }) => (
              <li key={because}>
                {t('case.barred', { because })} <LegalBasis basis={basis} />
              </li>
            ))}
          </ul>
        )}
        {isAsking ? null : <Problem error={take.error} />}
        <div className="actions">
          <Button kind={step.irreversible ? 'danger' : 'primary'} isDisabled={take.isBusy} onPress={press}>
            {nameOf(step)}
          </Button>
          <Button onPress={onClose}>{t('case.closeForm')}</Button>
        </div>
      </form>
      {isAsking ? (
        <ConfirmStep
          step={{ ...step, warnings }}
          error={take.error}
          isBusy={take.isBusy}
          onClose={() => setAsking(false)}
          onSure={() => void send()}
        />
      ) : null}
      {leaving === undefined ? null : (
        <Dialog title={t('draft.leaveTitle')} isOpen onClose={leaving.stay}>
          <p>{t('draft.leaveWhy')}</p>
          <div className="actions">
            <Button kind="primary" onPress={leaving.stay}>
              {t('draft.stay')}
            </Button>
            <Button kind="danger" onPress={leaving.leave}>
              {t('draft.leave')}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

/** Guards and grounds that the typed values break for certain; the node knows whether the unknown ones hold. */
function barsOf(definition: ProcedureDef, step: string, facts: ReturnType<typeof factsOnScreen>) {
  const transition = definition.transitions.find(({ id }) => id === step)
  const guards = transition?.guards?.filter(({ expr }) => evaluate(expr, facts) === false) ?? []
  const chosen = definition.refusalGrounds.find(({ code }) => transition?.refuses !== undefined && code === facts[REFUSAL_FIELDS.ground])
  if (chosen === undefined) return guards
  const bar = refusalBar(definition, chosen, facts)
  const { doubtfulIf } = chosen
  return [
    ...guards,
    ...(bar === undefined ? [] : [bar]),
    ...(doubtfulIf !== undefined && evaluate(doubtfulIf.expr, facts) === true ? [{ because: doubtfulIf.text, basis: chosen.basis }] : []),
  ]
}

/** Those the node gave, and those that the typed values bring up. */
function warningsOf(definition: ProcedureDef, step: StepOffer, facts: ReturnType<typeof factsOnScreen>): StepOffer['warnings'] {
  const typed =
    definition.transitions.find(({ id }) => id === step.id)?.warnings?.filter(({ expr }) => evaluate(expr, facts) === true) ?? []
  const more = typed.filter(({ because }) => !step.warnings.some((each) => each.because === because))
  return [...step.warnings, ...more.map(({ because, basis }) => ({ because, basis }))]
}
