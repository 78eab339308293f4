import { expect, it } from 'vitest'
import type { ConsignmentStatement } from '../model.ts'
import type { CargoEvent } from './events.ts'
import { collectSample } from './mapping-trial.ts'

it('shows the weight of a declaration over all its rows', async () => {
  const goods = [900, 21_500].map((value) => ({ kind: 'goods-gross', kilograms: { value } }))
  const statement = { document: { value: '24BE1' }, parties: [], places: [], goods: [], containers: [], weights: goods }
  async function* events(): AsyncGenerator<CargoEvent> {
    yield { kind: 'consignment', statement: statement as unknown as ConsignmentStatement } as CargoEvent
    yield await Promise.resolve({ kind: 'end', summary: { consignments: 1, warnings: 0 } } as CargoEvent)
  }
  expect((await collectSample(events())).sample).toMatchObject([{ document: '24BE1', grossKilograms: 22_400 }])
})
