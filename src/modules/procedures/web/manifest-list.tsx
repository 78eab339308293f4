/** What was sent outside the system, each with its manifest as a file. */
import { useState } from 'react'
import { urlOf } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Empty } from '#web/kit/states.tsx'
import { showInstant } from '#web/time.ts'
import { type CaseDocuments, exportManifest } from '../contract.ts'
import { kilobytes } from './documents-size.ts'
import { ManifestDialog } from './manifest-dialog.tsx'
import { t } from './text.ts'

export function ManifestList({ caseId, documents }: { readonly caseId: string; readonly documents: CaseDocuments }) {
  const [isMaking, setMaking] = useState(false)
  return (
    <>
      <h3>{t('manifests.title')}</h3>
      {documents.manifests.length === 0 ? (
        <Empty>{t('manifests.none')}</Empty>
      ) : (
        <ul className="stacked plain">
          {documents.manifests.map(({ manifest, body }) => (
            <li key={manifest}>
              <strong>{t('manifests.to', { sender: body.sender.name, recipient: body.recipient.name, when: showInstant(body.at) })}</strong>
              <br />
              {t(`means.${body.means.kind}`)}, {body.means.record}
              {body.accessibleUntil === undefined ? '' : `, ${t('manifests.until', { when: showInstant(body.accessibleUntil) })}`}
              <ul>
                {body.files.map(({ name, size }) => (
                  <li key={name}>
                    {name} <span className="muted">{kilobytes(size)}</span>
                  </li>
                ))}
              </ul>
              <a className="button" href={urlOf(exportManifest, { case: caseId, manifest }, false)} download>
                {t('manifests.save')}
              </a>
            </li>
          ))}
        </ul>
      )}
      {documents.recipients.length === 0 ? null : <Button onPress={() => setMaking(true)}>{t('manifests.make')}</Button>}
      {isMaking ? <ManifestDialog caseId={caseId} documents={documents} onClose={() => setMaking(false)} /> : null}
    </>
  )
}
