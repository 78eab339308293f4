/** All messages of a file with their rows in memory: for small files and for tests. Large files are read event by event. */
import type { CargoMessage, ConsignmentStatement, EquipmentSighting, IntakeProblem } from '../model.ts'
import type { CargoEvent, FileSummary, MessageResult } from './events.ts'

export interface CollectedFile {
  readonly messages: readonly (CargoMessage & Pick<MessageResult, 'containers' | 'distinctContainers' | 'badCheckDigit' | 'notIso'>)[]
  /** Warnings about the file or an interchange, outside any message. */
  readonly warnings: readonly IntakeProblem[]
  readonly summary: FileSummary
}

export async function collectMessages(events: AsyncIterable<CargoEvent>): Promise<CollectedFile> {
  const messages: CollectedFile['messages'][number][] = []
  const warnings: IntakeProblem[] = []
  let equipment: EquipmentSighting[] = []
  let consignments: ConsignmentStatement[] = []
  let summary: FileSummary | undefined
  for await (const event of events)
    switch (event.kind) {
      case 'equipment':
        equipment.push(event.sighting)
        break
      case 'consignment':
        consignments.push(event.statement)
        break
      case 'warning':
        if (event.message === 0) warnings.push(event.warning)
        break
      case 'message':
        messages.push({ ...event.result, equipment, consignments })
        equipment = []
        consignments = []
        break
      case 'end':
        summary = event.summary
        break
      default:
    }
  if (summary === undefined) throw new Error('The events of a file end with its summary.')
  return { messages, warnings, summary }
}
