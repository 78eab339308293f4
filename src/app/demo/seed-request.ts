/** One request for information of the Single Point of Contact in Spain, urgent, so that a visitor in Belgium finds a case with a clock of law. Generated, and says so. */
import { randomUUID } from 'node:crypto'
import { openCase, showCase, takeStep } from '#modules/procedures/contract'
import type { Client } from '../client.ts'

export async function seedRequest(spain: Client, day: string): Promise<void> {
  const opened = await spain.call(openCase, {
    procedure: 'PR-02',
    parties: { requested: ['be.police.spoc'] },
    values: {},
    key: randomUUID(),
  })
  const { version } = await spain.call(showCase, { case: opened.case })
  await spain.call(takeStep, {
    case: opened.case,
    transition: 'send',
    version,
    key: randomUUID(),
    fields: {
      reference: `ES-GENERATED-${day}`,
      informationRequested: 'Who collected the box, and by which haulier. Generated for the demonstration.',
      purpose: 'investigation',
      facts: 'A container of the generated voyage is to be collected with a release code that was sold. Generated for the demonstration.',
      offence: 'drug-trafficking',
      offenceStatute: 'Generated provision',
      maximumYears: 9,
      necessity: true,
      availability: 'The box is discharged in Antwerp.',
      things: [{ container: 'CSQU3054383', connection: 'The box to be collected' }],
      urgency: 'losing-relevance',
      urgencyReasons: 'The box leaves the terminal within hours.',
      language: 'en',
    },
  })
}
