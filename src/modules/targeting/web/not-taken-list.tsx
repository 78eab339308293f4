/** Documents of which something could not be taken in, so that an officer knows what the queue may lack. */
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import type { NotTaken } from '../contract.ts'
import { t } from './text.ts'

const SHOWN_OF_DIGEST = 12

export function NotTakenList({ notTaken: { count, documents } }: { readonly notTaken: NotTaken }) {
  return (
    <div className="warnings">
      <p>{t('desk.notTaken', { n: count })}</p>
      <ul>
        {documents.map(({ document, containers, since, againAt }) => (
          <li key={document}>
            <AppLink to={`/documents/${document}`}>{t('desk.notTakenDocument', { document: document.slice(0, SHOWN_OF_DIGEST) })}</AppLink>:{' '}
            {t('desk.notTakenContainers', { n: containers, since: showInstant(since), againAt: showInstant(againAt) })}
          </li>
        ))}
      </ul>
    </div>
  )
}
