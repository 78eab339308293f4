/** The documents of a case on its page: where it can be printed, its files, signatures made outside, what was sent outside the system. */
import { Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { listDocuments } from '../contract.ts'
import { FileList } from './documents-files.tsx'
import { SignatureList } from './documents-signatures.tsx'
import { ManifestList } from './manifest-list.tsx'
import { t } from './text.ts'

export function DocumentsPanel({ caseId }: { readonly caseId: string }) {
  const query = useCall(listDocuments, { case: caseId })
  return (
    <section className="panel" aria-labelledby="case-documents">
      <h2 id="case-documents">{t('documents.title')}</h2>
      <p>
        <AppLink to={`/cases/${caseId}/certificate`}>{t('documents.certificate')}</AppLink>
      </p>
      <Reading query={query}>
        {(documents) => (
          <>
            <FileList caseId={caseId} documents={documents} />
            <SignatureList caseId={caseId} documents={documents} />
            <ManifestList caseId={caseId} documents={documents} />
          </>
        )}
      </Reading>
    </section>
  )
}
