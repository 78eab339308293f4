/** A table whose columns have names of their own: say what they are, try it, read it, and keep it under a name for the next one. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call, ProblemError } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import {
  type DeclarationMapping,
  listDeclarationMappings,
  proposeDeclarationMapping,
  readWithMapping,
  type SavedMapping,
  showDocument,
  tryDeclarationMapping,
} from '../contract.ts'
import { ColumnsField } from './columns-field.tsx'
import { t } from './intake-text.ts'
import { MappingTrial } from './mapping-trial.tsx'

const LEAST_NAME = 3

export function MappingPage() {
  const document = useParam('document')
  const head = useCall(proposeDeclarationMapping, { document })
  const saved = useCall(listDeclarationMappings, {})
  const name = useCall(showDocument, { document }).data?.document.name ?? ''
  const { from } = useAddress()
  const isNoTable = head.error instanceof ProblemError && head.error.code === 'cargo.no-table'
  return (
    <>
      <h1>{t('map.title', { name })}</h1>
      <p>
        <AppLink to={`/documents/${document}`}>{name}</AppLink>
      </p>
      {isNoTable ? (
        <Empty>{t('map.noTable')}</Empty>
      ) : (
        <Reading query={head}>
          {({ headers, proposed, saved: proposal }) => (
            <Reading query={saved}>
              {({ items }) => {
                const fitting = items.filter(({ definition }) => fits(definition, headers))
                const chosen = fitting.find((each) => nameOf(each) === from)
                return (
                  <>
                    <p>{proposal === undefined ? t('map.proposed') : t('map.saved', proposal)}</p>
                    <p>{t('map.why')}</p>
                    <Begin fitting={fitting} from={chosen === undefined ? '' : nameOf(chosen)} />
                    <MappingForm
                      key={chosen === undefined ? '' : nameOf(chosen)}
                      document={document}
                      headers={headers}
                      begun={chosen?.definition ?? proposed}
                      title={chosen?.title ?? proposal?.title ?? ''}
                    />
                  </>
                )
              }}
            </Reading>
          )}
        </Reading>
      )}
    </>
  )
}

/** Only of mappings whose columns this table has. */
function Begin({ fitting, from }: { readonly fitting: readonly SavedMapping[]; readonly from: string }) {
  const document = useParam('document')
  const go = useGo()
  if (fitting.length === 0) return null
  return (
    <div className="toolbar">
      <Select
        label={t('map.from')}
        value={from}
        empty={t('map.fromProposed')}
        onChange={(value) => go(`/documents/${document}/mapping`, { from: value }, { replace: true })}
        choices={fitting.map((each) => ({ id: nameOf(each), label: `${each.title} (${each.version})` }))}
      />
    </div>
  )
}

interface MappingFormProps {
  readonly document: string
  readonly headers: readonly string[]
  readonly begun: DeclarationMapping
  readonly title: string
}

function MappingForm({ document, headers, begun, title }: MappingFormProps) {
  const [mapping, setMapping] = useState(begun)
  const [saveAs, setSaveAs] = useState(title)
  const cache = useQueryClient()
  const go = useGo()
  const trial = useMutation({ mutationFn: async () => ({ of: mapping, ...(await call(tryDeclarationMapping, { document, mapping })) }) })
  const reading = useMutation({
    mutationFn: async () => await call(readWithMapping, { document, mapping, ...(saveAs.trim() === '' ? {} : { saveAs: saveAs.trim() }) }),
    onSuccess: async () => {
      await cache.invalidateQueries()
      go(`/documents/${document}`)
    },
  })
  const isNamed = saveAs.trim() === '' || saveAs.trim().length >= LEAST_NAME
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isNamed && !reading.isPending) reading.mutate()
  }
  return (
    <form onSubmit={submit}>
      <ColumnsField headers={headers} mapping={mapping} onChange={setMapping} />
      <div className="actions">
        <Button isDisabled={trial.isPending} onPress={() => trial.mutate()}>
          {t('map.try')}
        </Button>
      </div>
      <Problem error={trial.error} />
      <div role="status">{trial.data === undefined ? null : <MappingTrial trial={trial.data} isStale={trial.data.of !== mapping} />}</div>
      <div className="form">
        <TextField label={t('map.saveAs')} value={saveAs} onChange={setSaveAs} help={t('map.saveAsHelp')} maxLength={80} />
        <Problem error={reading.error} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={!isNamed || reading.isPending}>
            {t('map.read')}
          </Button>
        </div>
      </div>
    </form>
  )
}

function nameOf({ mapping, version }: SavedMapping): string {
  return `${mapping}.${version}`
}

function fits({ columns }: DeclarationMapping, headers: readonly string[]): boolean {
  return Object.values(columns).every((header) => headers.includes(header))
}
