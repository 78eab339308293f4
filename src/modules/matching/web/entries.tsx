/** Keys by which records of this desk are found, or never are: writing one, reading them, taking one out. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { classOf, type MatchKeyType, parseMatchKey } from '#kernel/match-key/match-key.ts'
import { call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type EntryRow, INDEXED_CATEGORIES, indexKey, listEntries, policies, removeEntry, type SubjectCategory } from '../contract.ts'
import { KeyFields, typedOf } from './key-fields.tsx'
import { code, t } from './text.ts'

export function Entries() {
  const pages = usePages<EntryRow, typeof listEntries>(listEntries, {})
  const cache = useQueryClient()
  const remove = useMutation({
    mutationFn: async (entry: string) => await call(removeEntry, { entry }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  const { mutate } = remove
  const columns = useMemo(() => columnsOf(mutate), [mutate])
  return (
    <>
      <section className="panel">
        <h2>{t('entry.new')}</h2>
        <EntryForm />
      </section>
      <h2>{t('entry.title')}</h2>
      <Problem error={remove.error ?? pages.query.error} />
      <DataGrid
        label={t('entry.title')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.entry}
        hasMore={pages.hasMore}
        onMore={pages.more}
        height="20rem"
      />
    </>
  )
}

const columnsOf = (onRemove: (entry: string) => void): readonly Column<EntryRow>[] => [
  { id: 'record', header: t('notice.record'), width: 'minmax(10rem, 1fr)', cell: (row) => row.record },
  { id: 'type', header: t('match.keyType'), width: '11rem', cell: (row) => code('keyType', row.type) },
  { id: 'key', header: t('entry.key'), width: '14rem', cell: (row) => row.key },
  { id: 'policy', header: t('entry.policy'), width: '10rem', cell: (row) => <Badge>{code('policy', row.policy)}</Badge> },
  { id: 'category', header: t('entry.category'), width: '14rem', cell: (row) => code('category', row.category) },
  {
    id: 'found',
    header: t('entry.found'),
    width: '15rem',
    cell: (row) =>
      row.policy === 'excluded' ? t('entry.neverFound') : row.builtAt === undefined ? t('entry.nextEpoch') : showInstant(row.builtAt),
  },
  {
    id: 'remove',
    header: t('entry.remove'),
    width: '7rem',
    cell: (row) => (
      <button
        type="button"
        className="linklike"
        onClick={() => onRemove(row.entry)}
        aria-label={t('entry.removeOf', { record: row.record, type: code('keyType', row.type) })}
      >
        {t('entry.remove')}
      </button>
    ),
  },
]

const EMPTY = { type: 'document' as MatchKeyType, value: '', second: '' }

function EntryForm() {
  const [record, setRecord] = useState('')
  const [draft, setDraft] = useState(EMPTY)
  const [policy, setPolicy] = useState<(typeof policies)[number]>('open')
  const [category, setCategory] = useState<SubjectCategory>('suspect')
  const cache = useQueryClient()
  const isThing = classOf(draft.type) === 'asset'
  // Things and persons never share an index: the category follows the key where there is no choice.
  const chosen: SubjectCategory = isThing ? 'asset' : category === 'asset' ? 'suspect' : category
  const typed = typedOf(draft)
  const save = useMutation({
    mutationFn: async () => await call(indexKey, { record, key: typed, policy, category: chosen }),
    onSuccess: async () => {
      setDraft({ ...EMPTY, type: draft.type })
      setRecord('')
      await cache.invalidateQueries()
    },
  })
  const isReady = record.trim() !== '' && parseMatchKey(typed).ok
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) save.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      <div className="fieldset">
        <TextField
          label={t('entry.record')}
          value={record}
          onChange={setRecord}
          isRequired
          maxLength={120}
          help={t('entry.recordMeans')}
          autoComplete="off"
        />
        <KeyFields draft={draft} onChange={(part) => setDraft((held) => ({ ...held, ...part }))} />
        <Select
          label={t('entry.policy')}
          value={policy}
          onChange={(value) => setPolicy(policies.find((each) => each === value) ?? 'open')}
          choices={policies.map((id) => ({ id, label: code('policy', id) }))}
          help={code('policyMeans', policy)}
        />
        <Select
          label={t('entry.category')}
          value={chosen}
          onChange={(value) => setCategory(INDEXED_CATEGORIES.find((each) => each === value) ?? 'suspect')}
          choices={INDEXED_CATEGORIES.filter((id) => (id === 'asset') === isThing).map((id) => ({ id, label: code('category', id) }))}
          help={t('entry.categoryMeans')}
        />
      </div>
      <Problem error={save.error} />
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={!isReady || save.isPending}>
          {t(policy === 'excluded' ? 'entry.exclude' : 'entry.index')}
        </Button>
      </div>
    </form>
  )
}
