import { Scroll } from '#web/kit/scroll.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listDirectory } from '../contract.ts'
import { t } from './text.ts'

/** Who belongs to the coalition, as the signed directory names it. */
export function DirectoryPage() {
  const directory = useCall(listDirectory, {})
  return (
    <>
      <h1>{t('directory.title')}</h1>
      <Reading query={directory}>
        {({ version, expires, units }) => (
          <>
            <p>{t('directory.version', { version, until: showInstant(expires) })}</p>
            <Scroll label={t('directory.title')}>
              <table>
                <thead>
                  <tr>
                    {(['desk', 'authority', 'country', 'kind', 'places', 'alerts'] as const).map((head) => (
                      <th key={head} scope="col">
                        {t(`directory.${head}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {units.map((unit) => (
                    <tr key={unit.id}>
                      <th scope="row">
                        {unit.name} <span className="muted mono">{unit.id}</span>
                      </th>
                      <td>{unit.authority}</td>
                      <td>{unit.country}</td>
                      <td>{unit.kind}</td>
                      <td>{unit.places.join(', ')}</td>
                      <td>{t(unit.takesAlerts ? 'directory.yes' : 'directory.no')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </>
        )}
      </Reading>
    </>
  )
}
