/**
 * A case as a document, on the screen and as bytes to be signed outside. Both come from one function of the kernel, at one point of the case, in the version
 * that the case was pinned to at that point; so what is printed, exported and compared with a signature is the same.
 */
import { createHash } from 'node:crypto'
import {
  type Certificate,
  type CertificateField,
  certificateBytes,
  certificateOf,
  formsFor,
  seesAll,
} from '#kernel/procedure/certificate.ts'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { exportCertificate, showCertificate } from '../contract.ts'
import { baseOfRow, foldSteps, stepsOf } from './case-fold.ts'
import { versionOf } from './case-row.ts'
import { type OwnCase, ownCase } from './files-row.ts'
import { valuesFor } from './parties.ts'

export interface AskedCertificate {
  readonly role: string
  readonly form?: string | undefined
  readonly order?: number | undefined
}

export interface MadeCertificate {
  readonly certificate: Certificate
  readonly bytes: string
  readonly sha256: string
  readonly definition: ProcedureDef
}

/** For the desk that asks: what both it and the role may see, as of a step it knows. */
export async function makeCertificate(
  context: Pick<CaseContext, 'tx' | 'services'>,
  own: OwnCase,
  asked: AskedCertificate,
): Promise<MadeCertificate> {
  const { row, roles } = own
  const steps = (await stepsOf(context.tx, [row])).get(row.case_id) ?? []
  const first = baseOfRow(context.services, row).order
  const order = asked.order ?? own.fold.order
  if (order < first || order > own.fold.order) throw notFound()
  const fold = foldSteps(
    context.services,
    row,
    steps.filter((step) => step.order <= order),
  )
  const { definition } = versionOf(context.services, row.definition, fold.version)
  if (definition.roles[asked.role] === undefined) throw notFound()
  if (asked.form !== undefined && !definition.transitions.some(({ id }) => id === asked.form)) throw notFound()
  // A later erasure reaches back: what was erased since is in no document, whatever point of the case it shows.
  const erased = own.fold.purged.filter((id) => !fold.purged.includes(id))
  const values = Object.entries(valuesFor(definition, fold.values, roles)).filter(([id]) => !erased.includes(id))
  const certificate = certificateOf(definition, {
    reference: row.subject,
    order,
    values: Object.fromEntries(values),
    purged: [...fold.purged, ...erased],
    role: asked.role,
    by: roles,
    ...(asked.form === undefined ? {} : { form: asked.form }),
  })
  const bytes = certificateBytes(certificate)
  return { certificate, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), definition }
}

export const showCertificateRoute = handle(showCertificate, async (input, context) => {
  const own = await ownCase(context, input.case)
  const { certificate, sha256, definition } = await makeCertificate(context, own, input)
  const form = formsFor(definition, input.role).find(({ id }) => id === input.form)
  return {
    certificate,
    sha256,
    roleTitle: definition.roles[input.role]?.title ?? input.role,
    complete: seesAll(definition, own.roles, input.role),
    desks: desksIn(context, certificate),
    demonstration: context.services.demonstration,
    ...(form === undefined ? {} : { formTitle: form.official ?? form.title }),
  }
})

export const exportCertificateRoute = handle(exportCertificate, async (input, context) => {
  const own = await ownCase(context, input.case)
  const { bytes, certificate } = await makeCertificate(context, own, input)
  const name = [certificate.procedure.id, input.form ?? 'case', input.role, certificate.order].join('-')
  return { fileName: `${name}.json`, mediaType: 'application/json; charset=utf-8', text: bytes }
})

/** Names as this node's directory has them; they stand beside the document, never in it, so that its bytes hang on no directory. */
function desksIn(context: CaseContext, { sections }: Certificate): Record<string, string> {
  const directory = seenBy(context.services.directory(), context.facts.authority)
  const of = (field: CertificateField): readonly (readonly [string, string])[] => {
    const name = field.type === 'desk' && typeof field.value === 'string' ? findUnit(directory, field.value)?.unit.name : undefined
    return [...(name === undefined ? [] : [[String(field.value), name] as const]), ...(field.entries ?? []).flat().flatMap(of)]
  }
  return Object.fromEntries(sections.flatMap(({ fields }) => fields.flatMap(of)))
}
