/** Each filing that names the box, version by version, with what each version changed against the one before. */
import { Scroll } from '#web/kit/scroll.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { LifeView } from '../contract/life.ts'
import { code, t } from './life-text.ts'
import { SourceLink } from './source-link.tsx'

type Filing = LifeView['filings'][number]

export function LifeFilings({ filings }: { readonly filings: readonly Filing[] }) {
  return filings.map((filing) => (
    <section key={`${filing.bill} ${filing.message}`}>
      <h3>
        {filing.bill} ({filing.message})
      </h3>
      <ol className="timeline">
        {filing.versions.map((version, at) => (
          // biome-ignore lint: versions are counted, and nothing else tells two of one second apart
          <li key={at}>
            <strong>{t('life.version', { n: at + 1, when: showInstant(version.receivedAt) })}</strong>{' '}
            <AppLink to={`/documents/${version.source.at.document}`}>{version.source.documentName}</AppLink>{' '}
            <SourceLink at={version.source.at} label={`${filing.bill} ${at + 1}`} />
            {version.differences.length === 0 ? (
              <p className="muted">{t(at === 0 ? 'life.first' : 'life.same')}</p>
            ) : (
              <Differences of={version.differences} label={t('life.version', { n: at + 1, when: showInstant(version.receivedAt) })} />
            )}
          </li>
        ))}
      </ol>
    </section>
  ))
}

function Differences({ of, label }: { readonly of: Filing['versions'][number]['differences']; readonly label: string }) {
  return (
    <Scroll label={label}>
      <table>
        <thead>
          <tr>
            {(['field', 'before', 'after'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`life.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{code('change', field)}</th>
              <td>{before ?? ''}</td>
              <td>{after ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
