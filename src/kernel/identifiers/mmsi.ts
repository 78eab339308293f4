/**
 * Maritime mobile service identity: nine digits, of which three name the country of the flag. Ships begin with 2 to 7.
 * Source: ITU-R M.585-9, annex 1. It has no check digit. Coast stations (00), groups (0), aircraft (111), aids to navigation (99), craft of a parent ship (98)
 * and beacons (970, 972, 974) are identities too, so they are accepted with a problem that says what they are.
 */
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'

declare const mmsi: unique symbol
export type Mmsi = string & { readonly [mmsi]: true }

export function parseMmsi(text: string): Parsed<Mmsi> {
  const digits = text.slice(0, 40).replace(/\s/g, '')
  if (!/^[0-9]{9}$/.test(digits)) return refuse({ code: 'mmsi.format', at: 'mmsi', message: 'A maritime mobile identity has nine digits.' })
  if (/^[2-7]/.test(digits)) return accept(digits as Mmsi)
  const station = /^00|^0|^111|^97[024]|^9[89]/.test(digits)
  return station
    ? accept(digits as Mmsi, [
        { code: 'mmsi.no-ship', at: 'mmsi', message: 'This is the identity of a station, a group, an aircraft or an aid, not of a ship.' },
      ])
    : refuse({ code: 'mmsi.no-country', at: 'mmsi', message: 'No country has identities that begin like this.' })
}
