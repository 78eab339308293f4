/** Files and collections: choose or open a collection, bring a file in, and see what became of those before. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { type CollectionView, type ImportView, listCollections, listImports } from '../contract.ts'
import { CollectionActions } from './collection-actions.tsx'
import { ImportState } from './import-state.tsx'
import { NewCollection } from './new-collection.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'
import { UploadPanel } from './upload-panel.tsx'

export function ImportsPage() {
  const collections = usePages<CollectionView, typeof listCollections>(listCollections, {})
  const imports = usePages<ImportView, typeof listImports>(listImports, {})
  const session = useSessionQuery().data
  const mayWrite = session?.permissions.includes('records.write') === true
  const own = collections.rows.filter(({ desk, kind }) => desk === session?.desk.id && kind === 'import')
  const [made, setMade] = useState<string | undefined>(undefined)
  const [isMaking, setMaking] = useState(false)
  return (
    <>
      <title>{t('imports.page')}</title>
      <h1>{t('imports.title')}</h1>
      <RecordsTabs current="/records/imports" />
      {mayWrite ? (
        <>
          <UploadPanel collections={own} made={made} onMake={() => setMaking(true)} />
          {isMaking ? (
            <NewCollection
              onClose={() => setMaking(false)}
              onMade={(collection) => {
                setMade(collection)
                setMaking(false)
              }}
            />
          ) : null}
        </>
      ) : null}
      <Reading query={imports.query}>
        {() => (imports.rows.length === 0 ? <Empty>{t('imports.none')}</Empty> : <Imports rows={imports.rows} />)}
      </Reading>
      {imports.hasMore ? <Button onPress={imports.more}>{app('app.more')}</Button> : null}
      <Reading query={collections.query}>
        {() =>
          collections.rows.length === 0 ? (
            <Empty>{t('collections.none')}</Empty>
          ) : (
            <Collections rows={collections.rows} own={mayWrite ? session?.desk.id : undefined} />
          )
        }
      </Reading>
      {collections.hasMore ? <Button onPress={collections.more}>{app('app.more')}</Button> : null}
    </>
  )
}

const IMPORT_HEADS = ['name', 'state', 'in', 'accepted', 'warned', 'quarantined', 'at'] as const

function Imports({ rows }: { readonly rows: readonly ImportView[] }) {
  return (
    <Scroll label={t('imports.files')}>
      <table>
        <caption>{t('imports.files')}</caption>
        <thead>
          <tr>
            {IMPORT_HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`imports.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.import}>
              <th scope="row">
                <AppLink to={`/records/imports/${row.import}`}>{row.name}</AppLink>
              </th>
              <td>
                <ImportState view={row} />
              </td>
              {(['in', 'accepted', 'warned', 'quarantined'] as const).map((each) => (
                <td key={each} className="number">
                  {row.totals[each].toLocaleString('en-GB')}
                </td>
              ))}
              <td>
                {showInstant(row.at)}, {row.by}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const COLLECTION_HEADS = ['title', 'kind', 'desk', 'records', 'handling', 'at', 'acts'] as const

function Collections({ rows, own }: { readonly rows: readonly CollectionView[]; readonly own: string | undefined }) {
  return (
    <Scroll label={t('collections.label')}>
      <table>
        <caption>{t('collections.label')}</caption>
        <thead>
          <tr>
            {COLLECTION_HEADS.map((head) => (
              <th key={head} scope="col" className={head === 'records' ? 'number' : ''}>
                {t(`collections.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CollectionActions key={row.collection} collection={row} isOwn={row.desk === own} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
