/** The life of one container: its journeys, what happened on each, what is missing between, what contradicts what, and how its filings changed. */
import { Badge } from '#web/kit/badge.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { type LifeView, showLife } from '../contract/life.ts'
import { LifeFilings } from './life-filings.tsx'
import { code, t } from './life-text.ts'
import { LifeTimeline } from './life-timeline.tsx'

export function LifePage() {
  const query = useCall(showLife, { container: useParam('container') })
  return <Reading query={query}>{(life) => <Shown life={life} />}</Reading>
}

function Shown({ life }: { readonly life: LifeView }) {
  const { container, leftOut } = life
  return (
    <>
      <h1>{t('life.title', { container })}</h1>
      {life.valid ? null : (
        <p>
          <Badge tone="warn">{t('life.invalid')}</Badge>
        </p>
      )}
      <p>
        <AppLink to={`/containers/${encodeURIComponent(container)}`}>{t('life.container')}</AppLink>
      </p>
      {leftOut.sightings + leftOut.consignments === 0 ? null : <p role="alert">{t('life.leftOut', { ...leftOut })}</p>}
      <div className="columns">
        <section className="panel">
          <h2>{t('life.timeline')}</h2>
          {life.entries.length === 0 ? <Empty>{t('life.none')}</Empty> : <LifeTimeline life={life} />}
        </section>
        <div>
          <section className="panel">
            <h2>{t('life.contradictions')}</h2>
            <Contradictions life={life} />
          </section>
          <section className="panel">
            <h2>{t('life.filings')}</h2>
            {life.filings.length === 0 ? <p className="muted">{t('life.noFiling')}</p> : <LifeFilings filings={life.filings} />}
          </section>
        </div>
      </div>
    </>
  )
}

function Contradictions({ life: { contradictions, entries } }: { readonly life: LifeView }) {
  if (contradictions.length === 0) return <p className="muted">{t('life.noContradiction')}</p>
  const name = (at: number): string => t('life.entry', { n: at + 1, kind: code('kind', entries[at]?.kind ?? '') })
  return (
    <ul>
      {contradictions.map((each) => (
        <li key={`${each.code} ${each.entries.join(' ')}`}>
          {t('life.contradiction', {
            what: code('contradiction', each.code),
            first: name(each.entries[0]),
            second: name(each.entries[1]),
          })}
        </li>
      ))}
    </ul>
  )
}
