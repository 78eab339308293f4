/** What of this desk the current epoch holds. Nobody sees here what colleagues of other desks index. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { rebuild, showIndex } from '../contract.ts'
import { code, t } from './text.ts'

const REFRESH_MS = 10_000

export function IndexState() {
  const query = useCall(showIndex, {}, { everyMs: REFRESH_MS })
  const cache = useQueryClient()
  const begin = useMutation({ mutationFn: async () => await call(rebuild, {}), onSuccess: async () => await cache.invalidateQueries() })
  return (
    <section className="panel">
      <h2>{t('index.state')}</h2>
      <Reading query={query}>
        {({ items }) => (
          <Scroll label={t('index.state')}>
            <table>
              <thead>
                <tr>
                  {(['class', 'keys', 'waiting', 'epoch'] as const).map((head) => (
                    <th key={head} scope="col">
                      {t(`index.${head}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.class}>
                    <th scope="row">{code('index', item.class)}</th>
                    <td>{item.keys}</td>
                    <td>{item.waiting}</td>
                    <td>{item.builtAt === undefined ? t('index.never') : showInstant(item.builtAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </Reading>
      <p className="muted">{t('index.stateMeans')}</p>
      <Problem error={begin.error} />
      <div className="actions">
        <Button isDisabled={begin.isPending} onPress={() => begin.mutate()}>
          {t('index.rebuild')}
        </Button>
      </div>
      <p className="muted" role="status">
        {begin.isSuccess ? t('index.asked') : ''}
      </p>
      <p className="muted">{t('index.rebuildMeans')}</p>
    </section>
  )
}
