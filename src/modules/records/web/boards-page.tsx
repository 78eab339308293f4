/** Boards this desk may open, the last kept first. */
import type { z } from 'zod'
import { useDeskName } from '#web/desks.ts'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Loading, Problem } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { type boardRow, listBoards } from '../contract.ts'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'

type Row = z.output<typeof boardRow>
const HEADS = ['name', 'nodes', 'case', 'desk', 'readers', 'by', 'at'] as const

export function BoardsPage() {
  const { rows, hasMore, more, query } = usePages<Row, typeof listBoards>(listBoards, {})
  return (
    <>
      <title>{t('boards.page')}</title>
      <h1>{t('boards.title')}</h1>
      <RecordsTabs current="/records/boards" />
      <div className="actions">
        <AppLink to="/records/graph" className="button">
          {t('boards.new')}
        </AppLink>
      </div>
      {query.error === null ? null : <Problem error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Loading /> : null}
      {query.isSuccess && rows.length === 0 ? <Empty>{t('boards.none')}</Empty> : null}
      {rows.length === 0 ? null : <Table rows={rows} />}
      {hasMore ? <Button onPress={more}>{app('app.more')}</Button> : null}
    </>
  )
}

function Table({ rows }: { readonly rows: readonly Row[] }) {
  const deskName = useDeskName()
  return (
    <Scroll label={t('boards.title')}>
      <table>
        <caption>{t('boards.title')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`boards.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.board}>
              <th scope="row">
                <AppLink to="/records/graph" search={{ board: row.board }}>
                  {row.title}
                </AppLink>
              </th>
              <td className="number">{row.nodes.toLocaleString('en-GB')}</td>
              <td>{row.caseRef ?? ''}</td>
              <td>{deskName(row.desk)}</td>
              <td>{row.readers.map(deskName).join(', ')}</td>
              <td>{row.by}</td>
              <td>{showInstant(row.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
