/** A collection as a row, with what can be done with it: find its duplicates, take it out as files, end all its statements. */
import { useState } from 'react'
import { call, urlOf } from '#web/client.ts'
import { useDeskName } from '#web/desks.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { gradeText } from '#web/kit/evaluation-fields.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { handlingText } from '#web/kit/handling-fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import { type CollectionView, exportCollection, withdrawCollection } from '../contract.ts'
import { t } from './text.ts'

const FORMATS = ['ftm', 'statements', 'csv'] as const

export function CollectionActions({ collection, isOwn }: { readonly collection: CollectionView; readonly isOwn: boolean }) {
  const deskName = useDeskName()
  const [isOpen, setOpen] = useState(false)
  return (
    <tr>
      <th scope="row">
        <AppLink to="/records" search={{ collection: collection.collection }}>
          {collection.title}
        </AppLink>
      </th>
      <td>{t(`collectionKind.${collection.kind}`)}</td>
      <td>{deskName(collection.desk)}</td>
      <td className="number">{collection.records.toLocaleString('en-GB')}</td>
      <td>
        {handlingText(collection.marking.handling)}
        <div className="muted">{gradeText(collection.marking.evaluation)}</div>
      </td>
      <td>{showInstant(collection.at)}</td>
      <td>
        <div className="actions">
          <AppLink to="/records/cross-references" search={{ left: collection.collection }} className="button">
            {t('crossrefs.start')}
          </AppLink>
          {FORMATS.map((format) => (
            <a
              key={format}
              className="button"
              href={urlOf(exportCollection, { collection: collection.collection, format }, false)}
              download
              aria-label={t('collections.exportOf', { title: collection.title, format: t(`exportFormat.${format}`) })}
            >
              {t(`exportFormat.${format}`)}
            </a>
          ))}
          {isOwn && collection.kind !== 'received' ? (
            <Button kind="danger" onPress={() => setOpen(true)} label={t('collections.withdrawOf', { title: collection.title })}>
              {t('collections.withdraw')}
            </Button>
          ) : null}
        </div>
        {isOpen ? <WithdrawDialog collection={collection} onClose={() => setOpen(false)} /> : null}
      </td>
    </tr>
  )
}

function WithdrawDialog({ collection, onClose }: { readonly collection: CollectionView; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={t('collections.withdraw')}
      isDangerous
      isReady={reason.trim().length >= 3}
      act={async (key) => await call(withdrawCollection, { collection: collection.collection, reason: reason.trim(), key })}
      said={saidOf}
      onClose={onClose}
    >
      <p>{t('collections.withdrawWhat', { title: collection.title, n: collection.records.toLocaleString('en-GB') })}</p>
      <TextField label={t('correct.reason')} value={reason} onChange={setReason} isRequired isLong autoFocus maxLength={500} />
    </ActDialog>
  )
}

function saidOf({ fragments }: { readonly fragments: number }) {
  return <p>{t('collections.withdrawn', { n: fragments.toLocaleString('en-GB') })}</p>
}
