/**
 * A page that is fetched from the node when somebody first comes to it. It is shown as soon as it is here: a boundary of React would hold it back for a
 * moment, so that one sign of loading does not follow another.
 */
import { type FunctionComponent, useEffect, useState } from 'react'
import { Button } from './kit/button.tsx'
import { Loading } from './kit/states.tsx'
import { t } from './text.ts'

export function lazyPage(load: () => Promise<FunctionComponent>): FunctionComponent {
  let fetched: Promise<FunctionComponent> | undefined
  let here: FunctionComponent | undefined
  const fetchPage = async (): Promise<FunctionComponent> => {
    here = await load().catch(() => NotFetched)
    return here
  }
  return () => {
    const [Page, show] = useState(() => here)
    useEffect(() => {
      let isLeft = false
      fetched ??= fetchPage()
      void fetched.then((page) => {
        if (!isLeft) show(() => page)
      })
      return () => {
        isLeft = true
      }
    }, [])
    return Page === undefined ? <Loading /> : <Page />
  }
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
