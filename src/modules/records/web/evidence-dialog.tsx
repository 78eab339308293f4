/** Everything about one statement: who said it, where it stands, how good it is, how it may be used, since when it is known, when it goes. */
import type { ReactNode } from 'react'
import { useDeskName } from '#web/desks.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { gradeText } from '#web/kit/evaluation-fields.tsx'
import { handlingText } from '#web/kit/handling-fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { showExact, showInstant } from '#web/time.ts'
import type { StatementView } from '../contract.ts'
import { propertyText } from './model-text.ts'
import { StatedValue, ValidTime } from './stated-value.tsx'
import { code, t } from './text.ts'

export interface EvidenceDialogProps {
  readonly statement: StatementView
  readonly schemata: readonly string[]
  readonly mayCorrect: boolean
  readonly onCorrect: (isWithdrawn: boolean) => void
  readonly onClose: () => void
}

export function EvidenceDialog({ statement, schemata, mayCorrect, onCorrect, onClose }: EvidenceDialogProps) {
  const own = useSessionQuery().data?.desk.id
  const { marking, source } = statement
  return (
    <Dialog title={t('evidence.title')} isOpen onClose={onClose}>
      <dl className="facts">
        <Fact name={propertyText(schemata, statement.prop)}>
          <StatedValue statement={statement} schemata={schemata} /> <ValidTime statement={statement} />
        </Fact>
        <Fact name={t('evidence.source')}>
          <AppLink to="/records" search={{ collection: source.collection }}>
            {source.title}
          </AppLink>
        </Fact>
        <Fact name={t('evidence.place')}>
          <SourcePlace source={source} />
        </Fact>
        <MarkingFacts marking={marking} />
        <Fact name={t('evidence.recorded')}>
          {showExact(statement.recordedFrom)}
          {statement.recordedTo === undefined ? null : ` – ${showExact(statement.recordedTo)}`}
        </Fact>
        {statement.ended === undefined ? null : (
          <Fact name={t('evidence.ended')}>
            {code('ended', statement.ended.reason)}, {statement.ended.by}
            {statement.ended.note === undefined ? null : `: ${statement.ended.note}`}
          </Fact>
        )}
        <Fact name={t('evidence.fragment')}>
          <span className="mono">{statement.statement}</span>
        </Fact>
        {statement.supersedes === undefined ? null : (
          <Fact name={t('evidence.supersedes')}>
            <span className="mono">{statement.supersedes}</span>
          </Fact>
        )}
      </dl>
      {mayCorrect && marking.origin.desk === own ? (
        <div className="actions">
          <Button onPress={() => onCorrect(false)}>{t('correct.title')}</Button>
          <Button kind="danger" onPress={() => onCorrect(true)}>
            {t('correct.withdraw')}
          </Button>
        </div>
      ) : (
        <p className="muted">{t('evidence.notOwn')}</p>
      )}
    </Dialog>
  )
}

function SourcePlace({ source }: Pick<StatementView, 'source'>) {
  return (
    <>
      {source.import === undefined ? (
        t('evidence.byHand')
      ) : (
        <AppLink to={`/records/imports/${source.import}`}>
          {source.line === undefined ? t('evidence.file') : t('evidence.fileLine', { n: source.line.toLocaleString('en-GB') })}
        </AppLink>
      )}
      {source.pointer === undefined ? null : (
        <>
          {' '}
          · <bdi>{source.pointer}</bdi>
        </>
      )}{' '}
      · <span className="mono">{source.externalId}</span>
    </>
  )
}

function MarkingFacts({ marking }: Pick<StatementView, 'marking'>) {
  const deskName = useDeskName()
  const purposes = useSessionQuery().data?.purposes ?? []
  return (
    <>
      <Fact name={t('evidence.originator')}>{deskName(marking.origin.desk)}</Fact>
      <Fact name={t('evidence.grade')}>{gradeText(marking.evaluation)}</Fact>
      <Fact name={t('evidence.handling')}>{handlingText(marking.handling)}</Fact>
      <Fact name={t('evidence.purpose')}>{purposes.find(({ id }) => id === marking.purpose)?.title ?? marking.purpose}</Fact>
      <Fact name={t('evidence.basis')}>
        {marking.legalBasis.act} {marking.legalBasis.art}
      </Fact>
      <Fact name={t('evidence.category')}>{t(`category.${marking.category}`)}</Fact>
      <Fact name={t('evidence.review')}>{showInstant(marking.reviewAt)}</Fact>
      <Fact name={t('evidence.erase')}>{showInstant(marking.eraseAt)}</Fact>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
