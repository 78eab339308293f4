/** Two records side by side, the reasons for and against their being one, and the verdict of a person. What was said can be taken back at once. */
import { useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { type Comparison, compareRecords, presets } from '../contract.ts'
import { CompareTable } from './compare-table.tsx'
import { JudgementLine, RevokeDialog } from './judgement-line.tsx'
import { RecordLine } from './record-line.tsx'
import { RecordLink } from './record-link.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'
import { type Judged, VerdictForm } from './verdict-form.tsx'
import { Waterfall } from './waterfall.tsx'

export function ComparePage() {
  const { left = '', right = '' } = useAddress()
  // What was said of one pair is not said of the next.
  return <ComparePair key={`${left} ${right}`} left={left} right={right} />
}

function ComparePair({ left, right }: { readonly left: string; readonly right: string }) {
  const { preset: asked } = useAddress()
  const preset = presets.find((each) => each === asked) ?? 'balanced'
  const go = useGo()
  const isGiven = left !== '' && right !== ''
  const [judged, setJudged] = useState<Judged | undefined>(undefined)
  const isMerged = judged?.verdict === 'same'
  // The node announces a merge before it answers: what are one record by then is not compared once more.
  const [isSaying, setSaying] = useState(false)
  const query = useCall(compareRecords, { left, right, preset }, { enabled: isGiven && !isMerged && !isSaying })
  return (
    <>
      <title>{t('compare.page')}</title>
      <h1>{t('compare.title')}</h1>
      <RecordsTabs current={undefined} />
      {judged === undefined ? null : <Done judged={judged} onUndone={() => setJudged(undefined)} />}
      {isGiven ? null : <Empty>{t('compare.missing')}</Empty>}
      {isGiven && !isMerged ? (
        <>
          <div className="toolbar">
            <Select
              label={t('search.preset')}
              value={preset}
              onChange={(value) => go('/records/compare', { left, right, preset: value }, { replace: true })}
              choices={presets.map((id) => ({ id, label: t(`preset.${id}`) }))}
            />
          </div>
          <Reading query={query}>
            {(comparison) => (
              <Compared
                key={`${comparison.left.entity} ${comparison.right.entity}`}
                comparison={comparison}
                preset={preset}
                onJudged={setJudged}
                onSaying={setSaying}
              />
            )}
          </Reading>
        </>
      ) : null}
    </>
  )
}

interface ComparedProps {
  readonly comparison: Comparison
  readonly preset: (typeof presets)[number]
  readonly onJudged: (judged: Judged) => void
  readonly onSaying: (isSaying: boolean) => void
}

function Compared({ comparison, preset, onJudged, onSaying }: ComparedProps) {
  const { left, right, match, judgements, blockedBy } = comparison
  const [evidence, setEvidence] = useState<ReadonlySet<string>>(new Set())
  const mayJudge = useSessionQuery().data?.permissions.includes('records.judge') === true
  return (
    <>
      <div className="columns">
        <section className="panel" aria-label={t('compare.left')}>
          <h2>{t('compare.left')}</h2>
          <RecordLine row={left} />
        </section>
        <section className="panel" aria-label={t('compare.right')}>
          <h2>{t('compare.right')}</h2>
          <RecordLine row={right} />
        </section>
      </div>
      {blockedBy === undefined ? null : (
        <section className="panel" aria-labelledby="blocked">
          <h2 id="blocked">
            <Badge tone="bad">{t('compare.blocked')}</Badge>
          </h2>
          <p>{t('compare.blockedWhy')}</p>
          <JudgementLine judgement={blockedBy} />
        </section>
      )}
      <section className="panel" aria-labelledby="side-by-side">
        <h2 id="side-by-side">{t('compare.sideBySide')}</h2>
        <CompareTable
          comparison={comparison}
          chosen={evidence}
          onChoose={
            mayJudge
              ? (statement, on) =>
                  setEvidence((held) => (on ? new Set([...held, statement]) : new Set([...held].filter((each) => each !== statement))))
              : undefined
          }
        />
      </section>
      <section className="panel" aria-labelledby="why">
        <h2 id="why">{t('compare.why')}</h2>
        <Waterfall match={match} schemata={[left.schema, right.schema]} label={t('match.table')} />
      </section>
      {judgements.length === 0 ? null : (
        <section className="panel" aria-labelledby="said">
          <h2 id="said">{t('judgements.title')}</h2>
          {judgements.map((judgement) => (
            <JudgementLine key={judgement.judgement} judgement={judgement} />
          ))}
        </section>
      )}
      {mayJudge ? (
        <VerdictForm
          left={left.entity}
          right={right.entity}
          preset={preset}
          evidence={[...evidence]}
          onJudged={onJudged}
          onSaying={onSaying}
        />
      ) : null}
    </>
  )
}

/** What was just said, with the way back. */
function Done({ judged, onUndone }: { readonly judged: Judged; readonly onUndone: () => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="panel done" aria-labelledby="done">
      <div role="status">
        <h2 id="done">{t(`done.${judged.verdict}`)}</h2>
      </div>
      <div className="actions">
        {judged.verdict === 'same' ? <RecordLink entity={judged.entity} caption={t('done.open')} /> : null}
        <Button onPress={() => setOpen(true)}>{t('done.undo')}</Button>
      </div>
      {isOpen ? <RevokeDialog judgement={judged} onClose={() => setOpen(false)} onDone={onUndone} /> : null}
    </section>
  )
}
