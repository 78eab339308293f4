/** Who belongs to the coalition, as the signed directory names it: until when it holds, who signs it, desks, and keys with their validity. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { useSettled } from '#web/use-settled.ts'
import { type DirectoryAuthority, showDirectory } from '../contract.ts'
import { Fingerprint } from './fingerprint.tsx'
import { code, t } from './text.ts'

const KEY_TONE: Readonly<Record<string, Tone>> = { 'in-force': 'good', 'not-yet': 'info', 'run-out': 'neutral', revoked: 'bad' }

export function DirectoryPage() {
  const { text = '' } = useAddress()
  const go = useGo()
  const wanted = useSettled(text, 250)
  const head = useCall(showDirectory, { limit: 1 })
  const pages = usePages<DirectoryAuthority, typeof showDirectory>(showDirectory, { text: wanted })
  return (
    <>
      <h1>{t('directory.title')}</h1>
      <Reading query={head}>
        {(directory) => (
          <>
            <p>
              {t('directory.version', {
                coalition: directory.coalition,
                version: directory.version,
                until: showInstant(directory.expires),
              })}{' '}
              {directory.isNearExpiry ? <Badge tone="bad">{t('directory.near')}</Badge> : null}
            </p>
            {directory.isNearExpiry ? <p role="status">{t('directory.nearText')}</p> : null}
            <details>
              <summary>{t('directory.stewards', { n: directory.threshold, of: directory.stewards.length })}</summary>
              <p>
                {t('directory.anchor')} <Fingerprint value={directory.anchor} />
              </p>
              <ul>
                {directory.stewards.map(({ kid, thumbprint }) => (
                  <li key={kid}>
                    {kid} <span className="muted mono">{thumbprint}</span>
                  </li>
                ))}
              </ul>
            </details>
          </>
        )}
      </Reading>
      <p>
        <AppLink to="/directory/anchors">{t('anchors.title')}</AppLink>
      </p>
      <div className="toolbar">
        <TextField
          label={t('directory.search')}
          type="search"
          value={text}
          onChange={(value) => go('/directory', { text: value }, { replace: true })}
        />
      </div>
      <Problem error={pages.query.error} />
      {pages.rows.length === 0 && pages.query.isSuccess ? <Empty>{t('directory.none')}</Empty> : <Authorities rows={pages.rows} />}
      {pages.hasMore ? <Button onPress={pages.more}>{t('directory.more')}</Button> : null}
    </>
  )
}

function Authorities({ rows }: { readonly rows: readonly DirectoryAuthority[] }) {
  return (
    <Scroll label={t('directory.title')}>
      <table>
        <thead>
          <tr>
            {(['authority', 'country', 'kind', 'desks', 'keys'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`directory.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {row.name} <span className="muted mono">{row.id}</span>
              </th>
              <td>{row.country}</td>
              <td>{code('directoryKind', row.kind)}</td>
              <td>
                <ul className="plain">
                  {row.desks.map((desk) => (
                    <li key={desk.id}>
                      {desk.name} <span className="muted mono">{desk.id}</span> {desk.places.join(', ')}{' '}
                      {desk.takesAlerts ? <Badge tone="info">{t('directory.alerts')}</Badge> : null}
                    </li>
                  ))}
                </ul>
              </td>
              <td>
                {row.nodes.length === 0 ? (
                  <span className="muted">{t('directory.noNode')}</span>
                ) : (
                  row.nodes.map((node) => <NodeKeys key={node.id} node={node} />)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function NodeKeys({ node }: { readonly node: DirectoryAuthority['nodes'][number] }) {
  const inForce = node.keys.filter(({ standing }) => standing === 'in-force').length
  return (
    <details>
      <summary>{t('directory.node', { node: node.id, n: inForce, of: node.keys.length })}</summary>
      <ul className="plain">
        {node.keys.map((key) => (
          <li key={key.kid}>
            {code('directoryUse', key.use)} <Badge tone={KEY_TONE[key.standing] ?? 'neutral'}>{code('directoryKey', key.standing)}</Badge>{' '}
            <span className="mono">{key.thumbprint}</span>{' '}
            <span className="muted">
              {key.revokedAt === undefined
                ? t('directory.validity', { from: showInstant(key.from), until: showInstant(key.until) })
                : t('directory.revokedAt', { at: showInstant(key.revokedAt) })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
