/** A page that is fetched from the node when somebody first comes to it. */
import { type FunctionComponent, lazy, Suspense } from 'react'
import { Loading } from './kit/states.tsx'

export function lazyPage(load: () => Promise<FunctionComponent>): FunctionComponent {
  const Page = lazy(async () => ({ default: await load() }))
  return () => (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  )
}
