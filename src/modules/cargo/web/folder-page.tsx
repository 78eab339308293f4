/** The drop folder of the desk: what waits, what is being read, what was refused and what to say of it. */
import { Fragment } from 'react'
import type { z } from 'zod'
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { DROP_SHOWN, showDropFolder } from '../contract.ts'
import { IntakeTabs } from './intake-tabs.tsx'
import { t } from './intake-text.ts'

type State = z.output<(typeof showDropFolder)['ok']>

const FOLDERS = ['waiting', 'reading', 'done', 'refused'] as const
/** The node looks once a minute. */
const EVERY_MS = 30_000

export function FolderPage() {
  const query = useCall(showDropFolder, {}, { everyMs: EVERY_MS })
  return (
    <>
      <h1>{t('folder.title')}</h1>
      <IntakeTabs current="/intake/folder" />
      <Reading query={query}>
        {(state) =>
          state.state === 'watched' ? (
            <Watched state={state} />
          ) : (
            <Empty>{t(`folder.${state.state}`, { folder: state.folder, purpose: state.purpose })}</Empty>
          )
        }
      </Reading>
    </>
  )
}

function Watched({ state }: { readonly state: State }) {
  const { folder, counts, waiting, refused } = state
  return (
    <>
      <p>{t('folder.why', { folder })}</p>
      <dl className="facts">
        {FOLDERS.map((name) => (
          <Fragment key={name}>
            <dt>{t(`folder.${name}`)}</dt>
            <dd>{counts[name].isMore ? t('folder.more', { n: counts[name].files }) : counts[name].files}</dd>
          </Fragment>
        ))}
      </dl>
      <section className="panel">
        {waiting.length === 0 ? <p>{t('folder.nothingWaits')}</p> : <Waiting rows={waiting} />}
        {counts.waiting.files > DROP_SHOWN ? <p>{t('folder.shown', { n: DROP_SHOWN })}</p> : null}
      </section>
      <section className="panel">
        {refused.length === 0 ? <p>{t('folder.nothingRefused')}</p> : <Refused rows={refused} />}
        {counts.refused.files > DROP_SHOWN ? <p>{t('folder.shown', { n: DROP_SHOWN })}</p> : null}
      </section>
    </>
  )
}

function Waiting({ rows }: { readonly rows: State['waiting'] }) {
  return (
    <Scroll label={t('folder.waitingList')}>
      <table>
        <caption>{t('folder.waitingList')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('folder.file')}</th>
            <th scope="col" className="number">
              {t('folder.size')}
            </th>
            <th scope="col">{t('folder.changed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, size, changedAt, isFolder }) => (
            <tr key={name}>
              <th scope="row">
                <bdi>{name}</bdi> {isFolder ? <Badge tone="warn">{t('folder.isFolder')}</Badge> : null}
              </th>
              <td className="number">{size.toLocaleString('en-GB')}</td>
              <td>{showInstant(changedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Refused({ rows }: { readonly rows: State['refused'] }) {
  return (
    <Scroll label={t('folder.refusedList')}>
      <table>
        <caption>{t('folder.refusedList')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('folder.file')}</th>
            <th scope="col">{t('folder.when')}</th>
            <th scope="col">{t('folder.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ file, at, text, code, document }) => (
            <tr key={`${file} ${at} ${code}`}>
              <th scope="row">
                <bdi>{file}</bdi>
              </th>
              <td>{showInstant(at)}</td>
              <td>
                {text} <code>{code}</code>{' '}
                {document === undefined ? null : <AppLink to={`/documents/${document}`}>{t('folder.toDocument')}</AppLink>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
