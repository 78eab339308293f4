/** One piece of information: what this desk sees of it, who holds it, what was asked, said and taken back. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { actKey, call, urlOf } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { approveItem, exportItem, fetchAttachment, type ItemView, showItem } from '../contract.ts'
import { downloadAttachment } from './download.ts'
import { handlingText } from './handling-fields.tsx'
import { ItemActions } from './item-actions.tsx'
import { STATE_TONE } from './item-list.tsx'
import { PermissionTable } from './permissions.tsx'
import { ReleaseScreen } from './release-screen.tsx'
import { code, t } from './text.ts'

export function ItemPage() {
  const query = useCall(showItem, { item: useParam('item') })
  return <Reading query={query}>{(view) => <Item view={view} />}</Reading>
}

function Item({ view }: { readonly view: ItemView }) {
  const { row } = view
  return (
    <>
      <h1>{row.title === '' ? t('item.gone') : row.title}</h1>
      <p>
        <Badge tone={STATE_TONE[row.state] ?? 'neutral'}>{code('itemState', row.state)}</Badge> {code('itemKind', row.kind)}, {row.origin},{' '}
        {showInstant(row.at)}
        {row.case === undefined ? null : `, ${row.case}`}
      </p>
      {view.screen === undefined ? null : <SecondPerson item={row.item} screen={view.screen} />}
      <ItemActions view={view} />
      <div className="columns">
        <Content view={view} />
        <div>
          {view.holders.length === 0 ? null : <Holders view={view} />}
          {view.permissions.length === 0 ? null : (
            <section className="panel">
              <h2>{t('permissions.title')}</h2>
              <PermissionTable rows={view.permissions} />
            </section>
          )}
          <History view={view} />
        </div>
      </div>
    </>
  )
}

function SecondPerson({ item, screen }: { readonly item: string; readonly screen: NonNullable<ItemView['screen']> }) {
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: async (decision: 'release' | 'send-back') => await call(approveItem, { item, decision, key: actKey() }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  return (
    <>
      <ReleaseScreen screen={screen} />
      <Problem error={decide.error} />
      <div className="actions">
        <Button kind="primary" isDisabled={decide.isPending} onPress={() => decide.mutate('release')}>
          {t('item.approve')}
        </Button>
        <Button isDisabled={decide.isPending} onPress={() => decide.mutate('send-back')}>
          {t('item.sendBack')}
        </Button>
      </div>
    </>
  )
}

function Content({ view }: { readonly view: ItemView }) {
  const { row, fields, evaluation, legalBasis } = view
  return (
    <section className="panel">
      <h2>{t('item.content')}</h2>
      {row.state === 'recalled' && fields.length === 0 ? <Empty>{t('item.recalledText')}</Empty> : null}
      <dl className="facts">
        {fields.map((field) => (
          <div key={field.id}>
            <dt>{field.label}</dt>
            <dd>
              {field.value} <div className="muted">{handlingText(field.handling)}</div>
            </dd>
          </div>
        ))}
      </dl>
      <Attachments view={view} />
      {fields.length === 0 ? null : (
        <>
          <p>
            {t('item.evaluation', { source: evaluation.source, info: evaluation.info })}; {legalBasis.act} {legalBasis.art}
          </p>
          {view.obligations.map((obligation) => (
            <p key={obligation}>
              <Badge tone="warn">{t('item.binds')}</Badge> {obligation}
            </p>
          ))}
          <p>{t('item.may', { list: view.capabilities.map((each) => code('capability', each)).join(', ') })}</p>
          <a className="button" href={urlOf(exportItem, { item: row.item }, false)} download>
            {t('item.export')}
          </a>
        </>
      )}
    </section>
  )
}

function Attachments({ view }: { readonly view: ItemView }) {
  const cache = useQueryClient()
  const { item } = view.row
  const ask = useMutation({
    mutationFn: async (sha256: string) => await call(fetchAttachment, { item, sha256 }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  const save = useMutation({ mutationFn: async (sha256: string) => await downloadAttachment(item, sha256) })
  if (view.attachments.length === 0) return null
  return (
    <>
      <h3>{t('form.attachments')}</h3>
      <Problem error={ask.error ?? save.error} />
      <ul>
        {view.attachments.map((each) => (
          <li key={each.sha256}>
            {each.name}{' '}
            <span className="muted">
              {t('item.bytes', { n: each.size })}, {handlingText(each.handling)}
            </span>{' '}
            <Button
              onPress={() => (each.here ? save : ask).mutate(each.sha256)}
              label={`${t(each.here ? 'item.save' : 'item.fetch')} ${each.name}`}
            >
              {t(each.here ? 'item.save' : 'item.fetch')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

const HOLDER_TONE: Readonly<Record<string, Tone>> = {
  holds: 'info',
  'recall-sent': 'warn',
  recalled: 'good',
  'partly-used': 'bad',
  refused: 'bad',
  'not-held': 'good',
}

function Holders({ view }: { readonly view: ItemView }) {
  return (
    <section className="panel">
      <h2>{t('holders.title')}</h2>
      <Scroll label={t('holders.title')}>
        <table>
          <thead>
            <tr>
              {(['desk', 'via', 'fields', 'state', 'at'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`holders.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.holders.map((holder) => (
              <tr key={holder.desk}>
                <th scope="row">{holder.desk}</th>
                <td>{holder.via ?? ''}</td>
                <td>{holder.fields.join(', ')}</td>
                <td>
                  <Badge tone={HOLDER_TONE[holder.state] ?? 'neutral'}>{code('holderState', holder.state)}</Badge> {holder.reference ?? ''}
                </td>
                <td>{showInstant(holder.answeredAt ?? holder.releasedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="muted">{t('holders.honest')}</p>
    </section>
  )
}

function History({ view }: { readonly view: ItemView }) {
  const said = [
    ...view.statements.map((each) => ({
      key: `${each.says} ${each.at}`,
      at: each.at,
      text: [code('says', each.says), each.about, each.reason].filter(Boolean).join(': '),
    })),
    ...view.feedback.map((each) => ({
      key: `${each.by} ${each.at}`,
      at: each.at,
      text: `${each.by}: ${code('feedbackKind', each.kind)} ${each.note}`,
    })),
  ].sort((a, b) => a.at.localeCompare(b.at))
  return (
    <section className="panel">
      <h2>{t('item.history')}</h2>
      {said.length === 0 ? <Empty>{t('item.nothing')}</Empty> : null}
      <ol className="timeline">
        {said.map((each) => (
          <li key={each.key}>
            {each.text} <span className="muted">{showInstant(each.at)}</span>
          </li>
        ))}
      </ol>
      {view.thread.length === 0 ? null : (
        <>
          <h3>{t('item.thread')}</h3>
          <ul>
            {view.thread.map((each) => (
              <li key={each.item}>
                <AppLink to={`/items/${each.item}`}>{each.title === '' ? t('item.gone') : each.title}</AppLink>{' '}
                {code('itemKind', each.kind)}, {showInstant(each.at)}
              </li>
            ))}
          </ul>
        </>
      )}
      <AppLink to={`/messages?context=${view.row.item}`}>{t('item.messages')}</AppLink>
    </section>
  )
}
