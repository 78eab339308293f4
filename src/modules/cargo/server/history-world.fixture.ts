/** Keeps a document of the generated world in the store, as its reading would. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { WorldDocument } from '../generator/world.ts'
import type { ConsignmentStatement, EquipmentSighting } from '../model.ts'
import type { DeskScope } from './dossiers.ts'
import { instantOf } from './stated-instant.ts'

export async function keepWorldDocument(tx: Tx, { authority, desk }: DeskScope, document: WorldDocument): Promise<void> {
  const { id, message, voyage, receivedAt, equipment, consignments } = document
  await sql`insert into cargo.documents (authority, desk, document, name, size, state, received_at, purpose, audience)
    values (${authority}, ${desk}, ${id}, ${`${message} ${voyage.voyageNumber?.value ?? ''}`}, 1, 'read', ${receivedAt}, 'customs-control', ${[desk]}::text[])`.execute(
    tx,
  )
  await sql`insert into cargo.messages (authority, desk, document, ordinal, type, directory, reference, segments, outcome, voyage, prepared_at, audience)
    values (${authority}, ${desk}, ${id}, 1, ${message}, 'D95B', '1', 1, 'accepted', ${JSON.stringify(voyage)}, ${document.preparedAt ?? null}::timestamptz, ${[desk]}::text[])`.execute(
    tx,
  )
  const departs = instantOf(voyage.departsAt?.value)
  const observed = (sighting: EquipmentSighting) => instantOf(sighting.happenedAt?.value) ?? departs ?? document.preparedAt ?? receivedAt
  if (equipment.length > 0)
    await sql`insert into cargo.equipment (authority, desk, document, ordinal, message, message_type, container, seals, observed_at, sighting, audience)
      select ${authority}, ${desk}, ${id}, t.ordinal, 1, ${message}, t.sighting #>> '{container,value}',
        array(select s #>> '{number,value}' from jsonb_array_elements(t.sighting -> 'seals') s), t.at, t.sighting, ${[desk]}::text[]
      from unnest(${equipment.map((_, index) => index + 1)}::int[], ${equipment.map((each) => JSON.stringify(each))}::jsonb[], ${equipment.map((each) => observed(each).toISOString())}::timestamptz[])
        as t(ordinal, sighting, at)`.execute(tx)
  const containers = ({ containers: boxes }: ConsignmentStatement) => boxes.map(({ number }) => number.value)
  for (const [index, statement] of consignments.entries())
    await sql`insert into cargo.consignments (authority, desk, document, ordinal, message, declaration, bill, containers, received_at, statement, audience)
      values (${authority}, ${desk}, ${id}, ${index + 1}, 1, ${message === 'CSV'}, ${statement.document.value}, ${containers(statement)}::text[], ${receivedAt},
        ${JSON.stringify(statement)}, ${[desk]}::text[])`.execute(tx)
}
