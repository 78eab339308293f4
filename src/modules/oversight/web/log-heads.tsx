/** The signed heads of the log and who witnessed them, the peers whose logs this node watches in turn, and forks. */
import type { z } from 'zod'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import { saveFile } from '#web/save-file.ts'
import { showExact } from '#web/time.ts'
import type { logHeads } from '../contract.ts'
import { t } from './text.ts'

interface Heads {
  readonly data: z.output<(typeof logHeads)['ok']>
}

export function Checkpoints({ data }: Heads) {
  return (
    <section className="panel">
      <h2>{t('heads.list')}</h2>
      <p>{t('heads.means')}</p>
      <dl className="facts">
        <dt>{t('heads.origin')}</dt>
        <dd>
          <code>{data.origin}</code>
        </dd>
        <dt>{t('heads.key')}</dt>
        <dd>
          <code>{data.publicKey}</code>
        </dd>
      </dl>
      {data.heads.length === 0 ? (
        <Empty>{t('heads.none')}</Empty>
      ) : (
        <Scroll label={t('heads.list')}>
          <table>
            <thead>
              <tr>
                {(['at', 'size', 'witnesses', 'root', 'file'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`heads.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.heads.map((head) => (
                <tr key={head.size}>
                  <td>{showExact(head.at)}</td>
                  <td>{head.size}</td>
                  <td>
                    {head.witnesses.length === 0 ? (
                      <span className="muted">{t('heads.unwitnessed')}</span>
                    ) : (
                      <>
                        <Badge tone="good">{t('heads.count', { n: head.witnesses.length })}</Badge> {head.witnesses.join(', ')}
                      </>
                    )}
                  </td>
                  <td className="mono">{head.root}</td>
                  <td>
                    <Button
                      onPress={() => saveFile(`checkpoint-${head.size}.txt`, new Blob([head.note], { type: 'text/plain' }))}
                      label={t('heads.saveOf', { size: head.size })}
                    >
                      {t('heads.save')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

export function Peers({ data }: Heads) {
  return (
    <section className="panel">
      <h2>{t('peers.title')}</h2>
      <p>{t('peers.means')}</p>
      {data.peers.length === 0 ? (
        <Empty>{t('peers.none')}</Empty>
      ) : (
        <Scroll label={t('peers.title')}>
          <table>
            <thead>
              <tr>
                {(['peer', 'size', 'at', 'unproved'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`peers.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.peers.map((peer) => (
                <tr key={peer.peer}>
                  <th scope="row">{peer.peer}</th>
                  <td>{peer.size}</td>
                  <td>{showExact(peer.at)}</td>
                  <td>{peer.unproved}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

/** First on the page when there are any: nothing here is worse. */
export function Forks({ data }: Heads) {
  if (data.forks.length === 0)
    return (
      <p>
        <Badge tone="good">{t('forks.none')}</Badge>
      </p>
    )
  return (
    <section className="panel problem" role="alert">
      <h2>{t('forks.title')}</h2>
      <p>{t('forks.means')}</p>
      <ul>
        {data.forks.map((fork) => (
          <li key={`${fork.peer} ${fork.at}`}>
            {fork.peer}, {showExact(fork.at)}
          </li>
        ))}
      </ul>
    </section>
  )
}
