/** Desks by the signed directory, for forms whose slice names no narrower search. */
import { listDirectory } from '#modules/exchange/contract'
import { call } from '../../client.ts'
import type { ControlField } from './form-model.ts'
import type { FoundDesks } from './form-setting.ts'

const MOST = 50

export async function findInDirectory(_field: ControlField, text: string, signal: AbortSignal): Promise<FoundDesks> {
  const { units } = await call(listDirectory, {}, { signal })
  const wanted = text.toLowerCase()
  const fit = units.filter(({ id, name, country }) => `${name} ${id} ${country}`.toLowerCase().includes(wanted))
  return { options: fit.slice(0, MOST).map(({ id, name, country }) => ({ id, label: `${name} (${country})` })), hasMore: fit.length > MOST }
}
