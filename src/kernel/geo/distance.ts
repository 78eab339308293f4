/**
 * Great-circle distance on a sphere of the mean Earth radius (6,371.0088 km, IUGG), by the haversine formula.
 * Degrees in, kilometres out; at most 0.6 % off the ellipsoid, which is far below what a travel-time check can resolve.
 */
const RADIUS_KM = 6371.0088

export interface Position {
  readonly latitude: number
  readonly longitude: number
}

export function distanceKm(a: Position, b: Position): number {
  const rad = Math.PI / 180
  const dLat = (b.latitude - a.latitude) * rad
  const dLon = (b.longitude - a.longitude) * rad
  const half = Math.sin(dLat / 2) ** 2 + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLon / 2) ** 2
  return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)))
}
