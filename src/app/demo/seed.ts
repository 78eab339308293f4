/** What a visitor of the demonstration finds: documents of the generated voyage at each party, one alert, one piece of information, one hit, one request. */
import { issueAlert, listDocuments, uploadDocument } from '#modules/cargo/contract'
import type { Client } from '../client.ts'
import { eventually } from './eventually.ts'
import { seedHit, seedInformation } from './seed-exchange.ts'
import { seedRequest } from './seed-request.ts'
import type { Cast } from './story.ts'
import { chooseBox, draftFor, storyDocuments } from './story-documents.ts'

export async function seedDemonstration(
  cast: Cast,
  { now, tell, spain }: { readonly now: Date; readonly tell: (line: string) => void; readonly spain: Client },
): Promise<void> {
  const documents = storyDocuments(now)
  // Beside the reading of the documents: neither waits for the other.
  const hit = seedHit(cast)
  hit.catch(() => undefined)
  tell(`Bringing in ${documents.files.length} generated documents`)
  for (const file of documents.files) await cast[file.holder].upload(uploadDocument, { name: file.name }, file.bytes)
  for (const desk of [cast.guayaquil, cast.algeciras, cast.antwerp])
    await eventually(
      async () => (await desk.call(listDocuments, {})).items,
      (items) => items.length > 0 && items.every((item) => item.state === 'read'),
    )
  tell('Issuing one alert, one piece of information, one query, one request')
  await cast.guayaquil.call(issueAlert, { draft: draftFor(documents, chooseBox(documents), now), key: 'demonstration-alert' })
  await Promise.all([seedInformation(cast), seedRequest(spain, now.toISOString().slice(0, 10)), hit])
}
