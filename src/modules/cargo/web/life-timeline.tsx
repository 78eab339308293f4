/** The entries of a life, journey by journey; gaps stand where something is missing, contradictions at both entries they are about. */
import { Fragment } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { LifeEntryView, LifeView } from '../contract/life.ts'
import { code, t } from './life-text.ts'
import { SourceLink } from './source-link.tsx'

export function LifeTimeline({ life }: { readonly life: LifeView }) {
  const { entries } = life
  const journeys = [...new Set(entries.map(({ journey }) => journey))]
  return journeys.map((journey) => (
    <section key={journey} aria-label={t('life.journey', { n: journey + 1 })}>
      <h3>{t('life.journey', { n: journey + 1 })}</h3>
      <ol className="timeline">
        {entries.map((entry, at) =>
          entry.journey === journey ? (
            // biome-ignore lint: the place in the life is the name of an entry
            <Fragment key={at}>
              <Gaps life={life} before={at} />
              <Entry life={life} entry={entry} at={at} />
            </Fragment>
          ) : null,
        )}
      </ol>
    </section>
  ))
}

function Gaps({ life, before }: { readonly life: LifeView; readonly before: number }) {
  return life.gaps
    .filter((gap) => gap.before === before)
    .map((gap) => (
      <li key={`${gap.after} ${gap.before}`} className="ahead">
        <Badge tone="warn">{t('life.gap', { expected: gap.expected.map((each) => code('kind', each)).join(t('life.or')) })}</Badge>
      </li>
    ))
}

function Entry({ life, entry, at }: { readonly life: LifeView; readonly entry: LifeEntryView; readonly at: number }) {
  const against = life.contradictions.filter(({ entries }) => entries.includes(at))
  return (
    <li className={against.length === 0 ? '' : 'failed'}>
      <strong>
        {at + 1}. {code('kind', entry.kind)}
      </strong>{' '}
      {entry.place === undefined ? null : `${entry.place.name ?? ''} ${entry.place.code}`.trim()} <Badge>{entry.message}</Badge>
      <div>
        {entry.at === undefined ? t('life.notStated', { when: showInstant(entry.receivedAt) }) : showInstant(entry.at)}
        {entry.at === undefined ? null : <span className="muted"> {t('life.received', { when: showInstant(entry.receivedAt) })}</span>}
      </div>
      {against.map((each) => (
        <div key={`${each.code} ${each.entries.join(' ')}`}>
          <Badge tone="bad">{code('contradiction', each.code)}</Badge>
        </div>
      ))}
      <Facts entry={entry} />
      <Sources entry={entry} />
    </li>
  )
}

function Facts({ entry }: { readonly entry: LifeEntryView }) {
  const kilograms = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : t('life.kg', { n: value.toLocaleString('en-GB') })
  const isRouted = entry.loading !== undefined || entry.discharge !== undefined
  const rows: readonly (readonly [string, string | undefined])[] = [
    [t('life.seals'), entry.seals.length === 0 ? undefined : entry.seals.join(' ')],
    [t('life.verified'), kilograms(entry.verifiedKg)],
    [t('life.declared'), kilograms(entry.declaredKg)],
    [
      t('life.ports'),
      isRouted
        ? t('life.route', { loading: entry.loading ?? t('life.unknownPort'), discharge: entry.discharge ?? t('life.unknownPort') })
        : undefined,
    ],
    [t('life.voyage'), entry.voyage],
    [t('life.booking'), entry.booking],
    [t('life.bill'), entry.bill],
    [
      t('life.type'),
      [entry.isoType, entry.fullness === undefined ? undefined : code('fullness', entry.fullness)].filter(Boolean).join(', '),
    ],
  ]
  return (
    <dl className="facts">
      {rows.map(([label, value]) =>
        value === undefined || value === '' ? null : (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

function Sources({ entry: { sources } }: { readonly entry: LifeEntryView }) {
  if (sources.length === 0) return null
  return (
    <details>
      <summary>
        {t('life.sources')} ({sources.length})
      </summary>
      <ul className="plain">
        {sources.map(({ at, documentName }) => (
          <li key={`${at.document} ${at.start} ${at.segment}`}>
            <AppLink to={`/documents/${at.document}`}>{documentName}</AppLink> <SourceLink at={at} label={documentName} />
          </li>
        ))}
      </ul>
    </details>
  )
}
