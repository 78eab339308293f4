/** A case as a document for one role: on the screen, on paper through the browser's print, as bytes to be signed outside. The address says which. */
import { urlOf } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Loading, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showExact } from '#web/time.ts'
import { type CaseDocuments, exportCertificate, listDocuments, showCertificate } from '../contract.ts'
import { CertificateView } from './certificate-view.tsx'
import { t } from './text.ts'

export function CertificatePage() {
  const id = useParam('case')
  const documents = useCall(listDocuments, { case: id })
  return (
    <Reading query={documents} title={t('certificate.title')}>
      {(found) => <Chosen id={id} documents={found} />}
    </Reading>
  )
}

interface ChosenProps {
  readonly id: string
  readonly documents: CaseDocuments
}

function Chosen({ id, documents }: ChosenProps) {
  const { role: wanted, form, order } = useAddress()
  const role = documents.roles.find((each) => each.id === wanted)?.id ?? documents.roles.find(({ isOwn }) => isOwn)?.id ?? ''
  const asked = {
    case: id,
    role,
    ...(form === undefined ? {} : { form }),
    ...(order === undefined ? {} : { order: Number(order) }),
  }
  const query = useCall(showCertificate, asked)
  return (
    <>
      <div className="toolbar no-print">
        <AppLink to={`/cases/${id}`}>{t('certificate.back')}</AppLink>
        <Choices id={id} documents={documents} chosen={{ role, form, order }} />
        <Button kind="primary" onPress={() => window.print()}>
          {t('certificate.print')}
        </Button>
        <a className="button" href={urlOf(exportCertificate, asked, false)} download>
          {t('certificate.export')}
        </a>
      </div>
      {query.isPlaceholderData ? (
        // Never the document of the role that was chosen before: it might be printed.
        <Loading />
      ) : (
        <Reading query={query} title={t('certificate.title')}>
          {({ certificate, sha256, roleTitle, formTitle, complete, demonstration, desks }) => (
            <CertificateView
              certificate={certificate}
              sha256={sha256}
              roleTitle={roleTitle}
              formTitle={formTitle}
              isComplete={complete}
              isDemonstration={demonstration}
              desks={desks}
            />
          )}
        </Reading>
      )}
    </>
  )
}

interface ChoicesProps extends ChosenProps {
  readonly chosen: { readonly role: string; readonly form: string | undefined; readonly order: string | undefined }
}

function Choices({ id, documents, chosen }: ChoicesProps) {
  const go = useGo()
  const choose = (part: Partial<ChoicesProps['chosen']>): void => go(`/cases/${id}/certificate`, { ...chosen, ...part }, { replace: true })
  return (
    <>
      <Select
        label={t('documents.role')}
        value={chosen.role}
        onChange={(role) => choose({ role, form: undefined })}
        choices={documents.roles.map((role) => ({
          id: role.id,
          label: role.isOwn ? t('documents.ownRole', { role: role.title }) : role.title,
        }))}
      />
      <Select
        label={t('documents.form')}
        value={chosen.form ?? ''}
        onChange={(form) => choose({ form: form === '' ? undefined : form })}
        empty={t('documents.whole')}
        choices={documents.forms
          .filter(({ roles }) => roles.includes(chosen.role))
          .map((form) => ({ id: form.id, label: form.official ?? form.title }))}
      />
      <Select
        label={t('documents.point')}
        value={chosen.order ?? ''}
        onChange={(order) => choose({ order: order === '' ? undefined : order })}
        empty={t('documents.now')}
        choices={documents.points.map(({ order, title, at }) => ({
          id: String(order),
          label: t('documents.pointAt', { step: title, when: showExact(at) }),
        }))}
      />
    </>
  )
}
