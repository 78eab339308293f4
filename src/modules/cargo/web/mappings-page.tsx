/** Mappings that the desk saved: what each kind of table is read by, and what it was read by before. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listDeclarationMappings, type SavedMapping } from '../contract.ts'
import { IntakeTabs } from './intake-tabs.tsx'
import { code, t } from './intake-text.ts'

export function MappingsPage() {
  const query = useCall(listDeclarationMappings, {})
  return (
    <>
      <h1>{t('mappings.title')}</h1>
      <IntakeTabs current="/intake/mappings" />
      <p>{t('mappings.why')}</p>
      <p>
        <AppLink to="/intake" search={{ state: 'refused' }}>
          {t('mappings.refused')}
        </AppLink>
      </p>
      <Reading query={query}>
        {({ items }) => (items.length === 0 ? <Empty>{t('mappings.none')}</Empty> : <Mappings rows={byTitle(items)} />)}
      </Reading>
    </>
  )
}

/** Versions of one mapping stand together, the newest first. */
function byTitle(items: readonly SavedMapping[]): readonly SavedMapping[] {
  return [...Map.groupBy(items, ({ mapping }) => mapping).values()].flat()
}

function Mappings({ rows }: { readonly rows: readonly SavedMapping[] }) {
  return (
    <Scroll label={t('mappings.list')}>
      <table>
        <caption>{t('mappings.list')}</caption>
        <thead>
          <tr>
            {(['name', 'version', 'columns', 'saved'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`mappings.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.mapping} ${row.version}`}>
              <th scope="row">{row.title}</th>
              <td>
                {row.version} {row.isUsed ? <Badge tone="good">{t('mappings.used')}</Badge> : <Badge>{t('mappings.earlier')}</Badge>}
              </td>
              <td>
                <Pairs row={row} />
              </td>
              <td>{t('mappings.by', { at: showInstant(row.at), by: row.savedBy })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Pairs({ row }: { readonly row: SavedMapping }) {
  const pairs = Object.entries(row.definition.columns)
  return (
    <details>
      <summary>{t('mappings.pairs', { n: pairs.length })}</summary>
      <dl className="stacked">
        {pairs.map(([column, header]) => (
          <div key={column}>
            <dt>{code('column', column)}</dt>
            <dd>{header}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
