/** A page that is fetched from the node when somebody first comes to it. */
import { type FunctionComponent, lazy, Suspense } from 'react'
import { Button } from './kit/button.tsx'
import { Loading } from './kit/states.tsx'
import { t } from './text.ts'

export function lazyPage(load: () => Promise<FunctionComponent>): FunctionComponent {
  const Page = lazy(async () => ({ default: await load().catch(() => NotFetched) }))
  return () => (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  )
}

/** The node was renewed since this tab was opened, or could not be reached: either way the whole application is fetched anew. */
function NotFetched() {
  return (
    <>
      <h1>{t('page.notFetched')}</h1>
      <p role="alert">{t('page.notFetchedWhy')}</p>
      <Button kind="primary" onPress={() => location.reload()}>
        {t('page.reload')}
      </Button>
    </>
  )
}
