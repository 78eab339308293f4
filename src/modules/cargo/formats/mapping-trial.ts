/** What a table would become: counts, and the first problems and consignments, for whoever judges a mapping. */
import type { z } from 'zod'
import type { tryDeclarationMapping } from '../contract/declaration-mappings.ts'
import { grossOf } from '../detectors/statement-parts.ts'
import type { ConsignmentStatement, IntakeProblem } from '../model.ts'
import type { CargoEvent } from './events.ts'

const PROBLEMS_SHOWN = 50
const CONSIGNMENTS_SHOWN = 10

export type MappingTrial = z.input<(typeof tryDeclarationMapping)['ok']>
type SampleConsignment = MappingTrial['sample'][number]

export async function collectSample(events: AsyncIterable<CargoEvent>): Promise<Omit<MappingTrial, 'isWhole'>> {
  const problems: IntakeProblem[] = []
  const sample: SampleConsignment[] = []
  let rows = 0
  let containers = 0
  let trial: Omit<MappingTrial, 'isWhole'> | undefined
  for await (const event of events)
    switch (event.kind) {
      case 'warning':
        if (problems.length < PROBLEMS_SHOWN) problems.push(event.warning)
        break
      case 'consignment':
        if (sample.length < CONSIGNMENTS_SHOWN) sample.push(sampleOf(event.statement))
        break
      case 'message':
        // The header is the first row and no declaration.
        rows += Math.max(0, event.result.segments - 1)
        containers += event.result.containers
        break
      case 'end': {
        const { consignments, warnings, refused } = event.summary
        trial = { rows, consignments, containers, warnings, problems, sample, ...(refused === undefined ? {} : { refused }) }
        break
      }
      default:
    }
  if (trial === undefined) throw new Error('The events of a file end with its summary.')
  return trial
}

function sampleOf(statement: ConsignmentStatement): SampleConsignment {
  const party = (role: string): string | undefined => statement.parties.find((each) => each.role === role)?.name.value
  const place = (role: string): string | undefined => statement.places.find((each) => each.role === role)?.place.value
  return {
    document: statement.document.value,
    ...present('consignor', party('consignor')),
    ...present('consignee', party('consignee')),
    ...present('loading', place('loading')),
    ...present('discharge', place('discharge')),
    goods: statement.goods.map(({ value }) => value).join('; '),
    containers: statement.containers.map(({ number }) => number.value),
    ...present('grossKilograms', grossOf(statement)?.value),
  }
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })
}
