/** Files of a case: what there is for this desk, asking for bytes that lie elsewhere, adding one for the roles that are chosen. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, upload } from '#web/client.ts'
import { useDeskName } from '#web/desks.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Checkbox } from '#web/kit/fields.tsx'
import { FileDrop } from '#web/kit/file-drop.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem } from '#web/kit/states.tsx'
import { savePieces } from '#web/save-file.ts'
import { type CaseDocuments, type CaseFile, fetchFile, readFile, uploadFile } from '../contract.ts'
import { kilobytes } from './documents-size.ts'
import { t } from './text.ts'

interface OfCase {
  readonly caseId: string
  readonly documents: CaseDocuments
}

const HEADS = ['name', 'size', 'for', 'from', 'state', 'act'] as const

export function FileList({ caseId, documents }: OfCase) {
  const [isAdding, setAdding] = useState(false)
  const roles = new Map(documents.roles.map(({ id, title }) => [id, title]))
  return (
    <>
      <h3>{t('documents.files')}</h3>
      {documents.files.length === 0 ? (
        <Empty>{t('documents.noFiles')}</Empty>
      ) : (
        <Scroll label={t('documents.files')}>
          <table>
            <thead>
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col">
                    {t(`documents.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {documents.files.map((file) => (
                <Row key={file.file} caseId={caseId} file={file} roles={roles} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Button onPress={() => setAdding(true)}>{t('documents.add')}</Button>
      {isAdding ? <AddFile caseId={caseId} documents={documents} onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Row({ caseId, file, roles }: { readonly caseId: string; readonly file: CaseFile; readonly roles: ReadonlyMap<string, string> }) {
  const deskName = useDeskName()
  const cache = useQueryClient()
  const ask = useMutation({
    mutationFn: async () => await call(fetchFile, { case: caseId, file: file.file }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  const save = useMutation({
    mutationFn: async () => await savePieces(async (start) => await call(readFile, { case: caseId, file: file.file, start })),
  })
  return (
    <tr>
      <th scope="row">{file.name}</th>
      <td className="number">{kilobytes(file.size)}</td>
      <td>{file.roles.map((role) => roles.get(role) ?? role).join(', ')}</td>
      <td>{deskName(file.from)}</td>
      <td>
        <Badge tone={file.state === 'here' ? 'good' : 'neutral'}>{t(`fileState.${file.state}`)}</Badge>
      </td>
      <td>
        {file.state === 'here' ? (
          <Button onPress={() => save.mutate()} isDisabled={save.isPending}>
            {t('documents.save', { name: file.name })}
          </Button>
        ) : null}
        {file.state === 'there' || file.state === 'coming' ? (
          <Button onPress={() => ask.mutate()} isDisabled={ask.isPending}>
            {t('documents.ask', { name: file.name })}
          </Button>
        ) : null}
        <Problem error={ask.error ?? save.error} />
      </td>
    </tr>
  )
}

function AddFile({ caseId, documents, onClose }: OfCase & { readonly onClose: () => void }) {
  const [personal, setPersonal] = useState(true)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [share, setShare] = useState(0)
  const [abort, setAbort] = useState<AbortController>()
  const cache = useQueryClient()
  const send = useMutation({
    mutationFn: async (file: File) => {
      const stop = new AbortController()
      setAbort(stop)
      const roles = [...chosen].filter((id) => !personal || documents.roles.find((role) => role.id === id)?.mayHavePersonal === true)
      return await upload(
        uploadFile,
        { case: caseId, name: file.name, roles: roles.join(','), personal: personal ? 'yes' : 'no' },
        { file, onProgress: setShare, signal: stop.signal },
      )
    },
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  return (
    <Dialog title={t('documents.add')} isOpen onClose={onClose}>
      <div className="form">
        <Checkbox label={t('documents.personal')} isSelected={personal} onChange={setPersonal} />
        <p className="help">{t('documents.personalHelp')}</p>
        <fieldset>
          <legend>{t('documents.for')}</legend>
          {documents.roles
            .filter(({ isOwn, mayHavePersonal }) => !isOwn && (mayHavePersonal || !personal))
            .map(({ id, title }) => (
              <Checkbox
                key={id}
                label={title}
                isSelected={chosen.has(id)}
                onChange={(isSelected) => setChosen(new Set(isSelected ? [...chosen, id] : [...chosen].filter((each) => each !== id)))}
              />
            ))}
        </fieldset>
        {send.isPending ? (
          <>
            <label>
              {t('documents.sending', { name: send.variables.name })}
              <progress value={share} max={1} />
            </label>
            <Button onPress={() => abort?.abort()}>{t('documents.cancel')}</Button>
          </>
        ) : (
          <FileDrop
            label={t('documents.choose')}
            onFiles={([file]) => {
              if (file !== undefined) send.mutate(file)
            }}
          />
        )}
        <Problem error={send.error} />
      </div>
    </Dialog>
  )
}
