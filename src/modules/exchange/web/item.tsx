/** One piece of information: what this desk sees of it, who holds it, what was asked, said and taken back. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { actKey, call, urlOf } from '#web/client.ts'
import { useDeskName } from '#web/desks.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { handlingText } from '#web/kit/handling-fields.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { savePieces } from '#web/save-file.ts'
import { showInstant } from '#web/time.ts'
import { approveItem, exportItem, fetchAttachment, type ItemView, readAttachment, showItem } from '../contract.ts'
import { History } from './history.tsx'
import { Holders } from './holders.tsx'
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
  const name = useDeskName()
  return (
    <>
      <h1>{row.title === '' ? t('item.gone') : row.title}</h1>
      <p>
        <Badge tone={STATE_TONE[row.state] ?? 'neutral'}>{code('itemState', row.state)}</Badge> {code('itemKind', row.kind)},{' '}
        {name(row.origin)}, {showInstant(row.at)}
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
              <PermissionTable rows={view.permissions} label={t('permissions.title')} />
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
      <div className="panel" role="note">
        <h2>{t('second.title')}</h2>
        <p>{t('second.text')}</p>
      </div>
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
      {row.state === 'expired' ? <Empty>{t('item.expiredText')}</Empty> : null}
      <dl className="stacked">
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
  const save = useMutation({
    mutationFn: async (sha256: string) => await savePieces(async (start) => await call(readAttachment, { item, sha256, start })),
  })
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
