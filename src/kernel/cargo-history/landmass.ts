/**
 * On which mass of land a state lies, as far as a lorry or train can take a container: Europe, Asia and Africa are one, with the islands that have a bridge, a
 * tunnel or a short ferry; the Americas are another; every other island state stands alone. Used to know that a box must have crossed by sea.
 * Invariant: doubt speaks for land, the faster way. Source: ISO 3166-1 codes; the grouping is policy.
 */
const AMERICAS = 'CA US MX GT BZ SV HN NI CR PA CO VE GY SR GF EC PE BO BR PY UY AR CL'
const ISLANDS =
  'AU NZ PG FJ NC PF WS TO VU SB KI TV NR PW FM MH GU MP AS CK NU JP TW PH ID TL LK MV MU RE MG SC KM YT IS GL FO FK CU JM HT DO PR BS BM TC KY VG VI AI KN AG MS GP DM MQ LC VC BB GD TT CW AW BQ SX CV ST SH MT CY'

const MASS: ReadonlyMap<string, string> = new Map([
  ...AMERICAS.split(' ').map((country) => [country, 'americas'] as const),
  ...ISLANDS.split(' ').map((country) => [country, country] as const),
  // One island each.
  ['HT', 'hispaniola'],
  ['DO', 'hispaniola'],
])

/** Of a country (ISO 3166-1 alpha-2) or a UN/LOCODE, which begins with one. */
export function landmassOf(code: string): string {
  return MASS.get(code.slice(0, 2).toUpperCase()) ?? 'old-world'
}
