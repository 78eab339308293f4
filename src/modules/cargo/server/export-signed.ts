/**
 * An alert as a sealed file. The document stands in it in canonical JSON, beside a statement of the originator over its digest, signed (JWS) with the seal of the authority: the
 * same statement that goes with a piece of information over the link. Whoever has the directory can check it, without a node.
 */
import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { AlertFile } from './export-ics2.ts'

/** As long as the message of an alert is kept by who receives it. */
const KEPT_DAYS = 90

export async function sealedAlert(
  file: AlertFile,
  { context, org }: { readonly context: CaseContext; readonly org: string },
): Promise<string> {
  const { handling, evaluation } = file.content
  const document = canonicalJson(file as unknown as Json)
  const statement = await context.services.statements.make({
    says: 'part',
    item: `alert:${file.alert}`,
    origin: { org, unit: file.originator.desk },
    part: `for:${file.recipient.desk}`.slice(0, 120),
    digest: createHash('sha256').update(document).digest('hex'),
    handling,
    purpose: context.facts.purpose ?? '',
    eraseAt: new Date(context.clock.now().getTime() + KEPT_DAYS * 86_400_000).toISOString(),
    evaluation,
    legalBasis: { act: 'National customs and police law of the originator', art: 'PR-01' },
  })
  return `${JSON.stringify({ format: 'breakwater-alert/1', document, statement }, null, 2)}\n`
}
