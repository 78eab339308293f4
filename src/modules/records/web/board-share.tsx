/** Shares a board as a piece of information of the exchange: first what would go and what stays, then the form of the exchange with the file in it. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Loading, Problem } from '#web/kit/states.tsx'
import { prepareShare } from '../contract.ts'
import { code, t } from './text.ts'

export function BoardShare({ board, onClose }: { readonly board: string; readonly onClose: () => void }) {
  const navigate = useNavigate()
  const share = useMutation({ mutationFn: async () => await call(prepareShare, { board }) })
  const { data } = share
  return (
    <Dialog title={t('board.share')} isOpen onClose={onClose}>
      <p>{t('board.shareWhy')}</p>
      <Problem error={share.error} />
      {data === undefined ? (
        <div className="actions">
          {share.isPending ? (
            <Loading />
          ) : (
            <Button kind="primary" onPress={() => share.mutate()}>
              {t('board.sharePrepare')}
            </Button>
          )}
        </div>
      ) : (
        <>
          <p role="status">
            {t('board.shareHas', { records: data.records.toLocaleString('en-GB'), statements: data.statements.toLocaleString('en-GB') })}{' '}
            {data.personalData ? t('board.sharePersonal') : ''}
          </p>
          {data.leftOut.length === 0 ? <p>{t('board.shareAll')}</p> : <LeftOut rows={data.leftOut} />}
          <div className="actions">
            <Button
              kind="primary"
              onPress={() => {
                const { attachment, handling, personalData } = data
                // In the state of the history entry: no address names the file.
                void navigate({ to: '/items/new', state: { share: { attachment, handling, personalData } } as never })
              }}
            >
              {t('board.shareGo')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

function LeftOut({ rows }: { readonly rows: readonly { readonly because: string; readonly count: number }[] }) {
  return (
    <table>
      <caption>{t('board.shareLeftOut')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('board.shareBecause')}</th>
          <th scope="col">{t('board.shareCount')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ because, count }) => (
          <tr key={because}>
            <th scope="row">{code('board.because', because)}</th>
            <td className="number">{count.toLocaleString('en-GB')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
