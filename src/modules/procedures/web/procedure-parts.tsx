/** States, steps and fields of a procedure as tables. */
import type { Guard, ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { codesOf } from '#kernel/procedure/field-value.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { Badge } from '#web/kit/badge.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { codeTitle, roleTitle, stateTitle } from './definition-texts.ts'
import { TablePanel } from './table-panel.tsx'
import { t } from './text.ts'

export interface ProcedureProps {
  readonly definition: ProcedureDef
}

export function ProcedureStates({ definition }: ProcedureProps) {
  return (
    <TablePanel title={t('procedure.states')} head={[t('procedure.state'), t('procedure.waitsFor'), t('procedure.leads')]}>
      {definition.states.map((state) => (
        <tr key={state.id}>
          <th scope="row">
            {state.title} {state.id === definition.initial ? <Badge tone="info">{t('procedure.initial')}</Badge> : null}
            {state.terminal === true ? <Badge>{t('procedure.terminal')}</Badge> : null}
          </th>
          <td>{state.waitsFor === undefined ? '–' : roleTitle(definition, state.waitsFor)}</td>
          <td>
            {definition.transitions
              .filter(({ from }) => from.includes(state.id))
              .map(({ title }) => title)
              .join(', ') || '–'}
          </td>
        </tr>
      ))}
    </TablePanel>
  )
}

export function ProcedureSteps({ definition }: ProcedureProps) {
  const head = [t('procedure.step'), t('procedure.by'), t('procedure.fromTo'), t('procedure.conditions'), t('procedure.asks')]
  return (
    <TablePanel title={t('procedure.steps')} head={head}>
      {definition.transitions.map((step) => (
        <tr key={step.id}>
          <th scope="row">
            {step.official ?? step.title}
            {step.official === undefined || step.official === step.title ? null : <span className="muted"> {step.title}</span>}{' '}
            {step.irreversible === true ? <Badge tone="bad">{t('case.irreversible')}</Badge> : null}
            {step.basis === undefined ? null : (
              <div className="muted">
                <LegalBasis basis={step.basis} />
              </div>
            )}
          </th>
          <td>{step.by === undefined ? t('procedure.bySystem') : step.by.map((role) => roleTitle(definition, role)).join(', ')}</td>
          <td>
            {step.from.map((id) => stateTitle(definition, id)).join(', ')} → {targets(definition, step)}
          </td>
          <td>
            <Conditions label={t('procedure.guard')} guards={step.guards} />
            <Conditions label={t('case.warnings')} guards={step.warnings} />
          </td>
          <td>
            {formOf(definition, step)
              .map(({ field }) => field.title)
              .join(', ') || '–'}
          </td>
        </tr>
      ))}
    </TablePanel>
  )
}

function targets(definition: ProcedureDef, step: TransitionDef): string {
  if (step.toBy !== undefined) return [...new Set(Object.values(step.toBy.states))].map((id) => stateTitle(definition, id)).join(', ')
  if (step.to === '@stay') return t('procedure.stays')
  return step.to === '@back' ? t('procedure.goesBack') : stateTitle(definition, step.to)
}

function Conditions({ label, guards }: { readonly label: string; readonly guards: readonly Guard[] | undefined }) {
  if (guards === undefined || guards.length === 0) return null
  return (
    <ul className="plain" aria-label={label}>
      {guards.map(({ because, basis }) => (
        <li key={because}>
          {because} <LegalBasis basis={basis} />
        </li>
      ))}
    </ul>
  )
}

export function ProcedureFields({ definition }: ProcedureProps) {
  const sections = new Map((definition.sections ?? []).map(({ id, title }) => [id, title]))
  const head = [t('procedure.field'), t('procedure.section'), t('procedure.type'), t('procedure.audience'), t('case.basis')]
  return (
    <TablePanel title={t('procedure.fields')} head={head}>
      {definition.fields.map((field) => {
        const codes = codesOf(field, definition)
        return (
          <tr key={field.id}>
            <th scope="row">
              {field.title} {field.personal === true ? <Badge tone="warn">{t('procedure.personal')}</Badge> : null}
            </th>
            <td>{field.section === undefined ? '–' : (sections.get(field.section) ?? field.section)}</td>
            <td>
              {t(`fieldType.${field.type}`)}
              {codes.length === 0 ? null : (
                <details>
                  <summary>{t('procedure.codes', { n: codes.length })}</summary>
                  <ul className="plain">
                    {codes.map((code) => (
                      <li key={code}>{codeTitle(definition, field, code)}</li>
                    ))}
                  </ul>
                </details>
              )}
              {field.of === undefined ? null : <div className="muted">{field.of.map(({ title }) => title).join(', ')}</div>}
            </td>
            <td>{field.audience.map((role) => roleTitle(definition, role)).join(', ')}</td>
            <td>{field.basis === undefined ? '–' : <LegalBasis basis={field.basis} />}</td>
          </tr>
        )
      })}
    </TablePanel>
  )
}
