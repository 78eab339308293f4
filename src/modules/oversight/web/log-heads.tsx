/** The signed heads of the log, who witnessed them, and the peers whose logs this node watches in turn. */
import { Scroll } from '#web/kit/scroll.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { logHeads } from '../contract.ts'
import { t } from './text.ts'

export function LogHeads() {
  const { data } = useCall(logHeads, {})
  if (data === undefined) return null
  return (
    <details>
      <summary>{t('heads.title', { n: data.heads.length, peers: data.peers.length })}</summary>
      <p>
        {t('heads.key')} <code>{data.origin}</code> <code>{data.publicKey}</code>
      </p>
      <Scroll label={t('heads.list')}>
        <table>
          <caption>{t('heads.list')}</caption>
          <thead>
            <tr>
              {(['at', 'size', 'root', 'witnesses'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`heads.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.heads.map((head) => (
              <tr key={head.size}>
                <td>{showInstant(head.at)}</td>
                <td className="number">{head.size}</td>
                <td className="mono">{head.root}</td>
                <td className="number">{head.witnesses}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <ul>
        {data.peers.map((peer) => (
          <li key={peer.peer}>{t('heads.peer', { peer: peer.peer, size: peer.size, at: showInstant(peer.at) })}</li>
        ))}
      </ul>
    </details>
  )
}
