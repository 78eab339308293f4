/** Keys of ships and boxes. Sources: IMO A.1117(30); ITU-R M.585 (MMSI); ISO 6346; ITU Radio Regulations Art 19 (call signs). */
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { fault, type KeyRule, plainCode } from './key-rule.ts'

const mmsi: KeyRule['normalise'] = (value) => {
  const digits = value.replace(/\s/g, '')
  if (!/^[0-9]{9}$/.test(digits)) return fault('length', 'value', 'A maritime mobile identity has nine digits.')
  // 2 to 7 open the country code of a ship; what begins otherwise is a coast station, a group, an aircraft or an aid to navigation.
  return /^[2-7]/.test(digits)
    ? { ok: true, value: digits, problems: [] }
    : fault('mmsi', 'value, sign 1', 'The identity of a ship begins with 2 to 7.')
}

const callSign: KeyRule['normalise'] = (value) => {
  const plain = plainCode(value, { min: 3, max: 7 })
  if (!plain.ok) return plain
  return /[A-Z]/.test(plain.value.slice(0, 2))
    ? plain
    : fault('call-sign', 'value, sign 1', 'A call sign has a letter among its first two signs.')
}

export const ASSET_KEYS = {
  imo: { class: 'asset', normalise: (value) => parseImoNumber(value) },
  mmsi: { class: 'asset', normalise: mmsi },
  container: { class: 'asset', normalise: (value) => parseContainerNumber(value) },
  'call-sign': { class: 'asset', normalise: callSign },
} as const satisfies Readonly<Record<string, KeyRule>>
