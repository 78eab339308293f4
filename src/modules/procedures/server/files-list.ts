/** What a case has in documents, for its panel: which certificates can be made of it, at which points, its files, signatures and manifests. */
import { formsFor } from '#kernel/procedure/certificate.ts'
import { MIGRATE } from '#kernel/procedure/fold.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { type CaseDocuments, listDocuments } from '../contract.ts'
import { baseOfRow } from './case-fold.ts'
import { partiesOf } from './files.ts'
import { fileView, knownFiles, mayHavePersonal, type OwnCase, ownCase } from './files-row.ts'
import { manifestsOf } from './manifest.ts'
import { signaturesOf } from './signature.ts'

export const listDocumentsRoute = handle(listDocuments, async (input, context) => {
  const own = await ownCase(context, input.case)
  const { row, definition, roles } = own
  const directory = seenBy(context.services.directory(), context.facts.authority)
  const all = Object.entries(definition.roles)
  const forms = new Map<string, CaseDocuments['forms'][number]>()
  for (const [role] of all)
    for (const form of formsFor(definition, role)) forms.set(form.id, { ...form, roles: [...(forms.get(form.id)?.roles ?? []), role] })
  return {
    roles: all.map(([id, { title }]) => ({
      id,
      title,
      isOwn: roles.includes(id),
      mayHavePersonal: mayHavePersonal(definition, id),
    })),
    forms: [...forms.values()],
    points: pointsOf(own, baseOfRow(context.services, row).order),
    recipients: partiesOf(own).map(({ desk }) => ({ desk, name: findUnit(directory, desk)?.unit.name ?? desk })),
    reference: row.subject,
    files: (await knownFiles(context.tx, own)).map(fileView),
    signatures: await signaturesOf(context.tx, row),
    manifests: await manifestsOf(context.tx, row),
  }
})

/** The steps that have effect, the latest first; before them the case as it came here. */
function pointsOf({ row, fold, definition }: OwnCase, first: number): CaseDocuments['points'] {
  const titles = new Map(definition.transitions.map(({ id, title }) => [id, title]))
  const steps = fold.steps
    .filter((step) => !step.isVoid && step.transition !== MIGRATE)
    .map(({ order, transition, at }) => ({ order, title: titles.get(transition) ?? transition, at: new Date(at).toISOString() }))
  const came =
    first === 0
      ? []
      : [{ order: first, title: definition.states.find(({ id }) => id === row.base?.state)?.title ?? '', at: row.opened_at.toISOString() }]
  return [...came, ...steps].toReversed()
}
