/** One message: where it goes, what is evidenced of it desk by desk, what is still waited for, and what it answers. */
import { useDeskName } from '#web/desks.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDistance, showExact } from '#web/time.ts'
import { useNow } from '#web/use-now.ts'
import { type MessageView, showMessage } from '../contract.ts'
import { type Step, stepsOf } from './evidence-steps.ts'
import { Reached } from './message-list.tsx'
import { pathOf, typeText } from './message-texts.ts'
import { code, t } from './text.ts'

export function MessagePage() {
  const query = useCall(showMessage, { message: useParam('message') })
  return (
    <Reading query={query}>
      {(view) => (
        <>
          <h1>{t('message.title', { what: typeText(view.message) })}</h1>
          <p>
            <Reached row={view.message} /> {t(`messages.${view.message.direction}`)}, {showExact(view.message.createdAt)},{' '}
            {code('urgency', view.message.urgency)}
          </p>
          <div className="columns">
            <Routing view={view} />
            <Evidence view={view} />
          </div>
        </>
      )}
    </Reading>
  )
}

function Routing({ view }: { readonly view: MessageView }) {
  const name = useDeskName()
  const { message, digest, answers } = view
  const path = pathOf(message)
  return (
    <section className="panel">
      <h2>{t('message.routing')}</h2>
      <dl className="facts">
        <dt>{t('messages.from')}</dt>
        <dd>{name(message.from)}</dd>
        <dt>{t('messages.to')}</dt>
        <dd>{message.to.map(name).join(', ')}</dd>
        <dt>{t('message.context')}</dt>
        <dd>{path === undefined ? message.context : <AppLink to={path}>{t('message.open')}</AppLink>}</dd>
        <dt>{t('message.thread')}</dt>
        <dd>
          <AppLink to="/messages" search={{ context: message.context }}>
            {t('message.threadOf')}
          </AppLink>
        </dd>
        {answers === undefined ? null : (
          <>
            <dt>{t('message.answers')}</dt>
            <dd>
              <AppLink to={`/messages/${answers.message}`}>{t('message.request')}</AppLink>
              <div className="muted">
                {t('message.answersDigest')} <code>{answers.digest}</code>
              </div>
            </dd>
          </>
        )}
        {digest === undefined ? null : (
          <>
            <dt>{t('message.digest')}</dt>
            <dd>
              <code>{digest}</code>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

function Evidence({ view }: { readonly view: MessageView }) {
  const name = useDeskName()
  return (
    <section className="panel">
      <h2>{t('message.evidence')}</h2>
      {view.message.to.map((unit) => {
        const steps = stepsOf(view, unit)
        return (
          <div key={unit}>
            <h3>{name(unit)}</h3>
            {steps.length === 0 ? (
              <Empty>{t('message.noEvidence')}</Empty>
            ) : (
              <ol className="timeline">
                {steps.map((step) => (
                  <StepLine key={step.kind} step={step} />
                ))}
              </ol>
            )}
          </div>
        )
      })}
      <p className="muted">{t('message.honest')}</p>
    </section>
  )
}

const TONE: Readonly<Record<Step['outcome'], Tone>> = {
  came: 'good',
  late: 'warn',
  overruled: 'warn',
  silent: 'bad',
  refused: 'bad',
  due: 'neutral',
  open: 'neutral',
}

function StepLine({ step }: { readonly step: Step }) {
  const isAhead = step.outcome === 'due' || step.outcome === 'open'
  return (
    <li className={isAhead ? 'ahead' : step.outcome === 'silent' || step.outcome === 'refused' ? 'failed' : ''}>
      <strong>{t(`evidence.${step.kind}`)}</strong> <Badge tone={TONE[step.outcome]}>{t(`outcome.${step.outcome}`)}</Badge>
      <br />
      <span className="muted">{t(`evidenceMeans.${step.kind}`)}</span>
      <br />
      <Said step={step} />
    </li>
  )
}

function Said({ step }: { readonly step: Step }) {
  const now = useNow()
  const { outcome, at, issuer = '', by, silence } = step
  const values = {
    at: at === undefined ? '' : showExact(at),
    by: by === undefined ? '' : showExact(by),
    silence: silence === undefined ? '' : showExact(silence),
    when: by === undefined ? '' : showDistance(by, now),
    issuer,
    code: code('evidenceCode', step.code ?? ''),
  }
  return <span>{t(`said.${outcome}`, values)}</span>
}
