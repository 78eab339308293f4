/** The itinerary drawn on land from Natural Earth, in the page itself: prints, scales, needs no server. The table beside it says the same. */
import type { Feature, FeatureCollection, GeoJsonObject, Position } from 'geojson'
import { useMemo } from 'react'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import land from 'world-atlas/land-110m.json'
import { t } from './text.ts'

export interface MapPlace {
  readonly code: string
  readonly name: string
  readonly latitude?: number | undefined
  readonly longitude?: number | undefined
}

const WIDTH = 640
const HEIGHT = 320
/** Degrees around the outermost ports. */
const MARGIN = 12

const topology = land as unknown as Topology<{ land: GeometryCollection }>

function rings(object: GeoJsonObject): Position[][] {
  const features = object.type === 'FeatureCollection' ? (object as FeatureCollection).features : [object as Feature]
  return features.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return geometry.coordinates
    if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat()
    return []
  })
}

export default function ItineraryMap({ places }: { readonly places: readonly MapPlace[] }) {
  const coast = useMemo(() => rings(feature(topology, topology.objects.land)), [])
  const points = places.flatMap(({ latitude, longitude, code }) =>
    latitude === undefined || longitude === undefined ? [] : [{ latitude, longitude, code }],
  )
  if (points.length === 0) return <p className="muted">{t('map.noPlaces')}</p>
  const west = Math.min(...points.map((point) => point.longitude)) - MARGIN
  const east = Math.max(...points.map((point) => point.longitude)) + MARGIN
  const south = Math.max(-85, Math.min(...points.map((point) => point.latitude)) - MARGIN)
  const north = Math.min(85, Math.max(...points.map((point) => point.latitude)) + MARGIN)
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min(WIDTH / ((east - west) * squeeze), HEIGHT / (north - south))
  const x = (longitude: number) => (WIDTH - (east - west) * squeeze * scale) / 2 + (longitude - west) * squeeze * scale
  const y = (latitude: number) => (HEIGHT - (north - south) * scale) / 2 + (north - latitude) * scale
  const path = (line: readonly Position[]) =>
    line
      .map(([longitude = 0, latitude = 0], index) => `${index === 0 ? 'M' : 'L'}${x(longitude).toFixed(1)} ${y(latitude).toFixed(1)}`)
      .join('')
  return (
    <div className="map">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('map.title')}>
        <path className="land" d={coast.map((ring) => `${path(ring)}Z`).join('')} />
        <path className="route" d={path(points.map(({ longitude, latitude }) => [longitude, latitude]))} />
        {points.map(({ code, longitude, latitude }, index) => (
          <g key={`${code} ${index}`}>
            <circle className="port" cx={x(longitude)} cy={y(latitude)} r="5" strokeWidth="2" />
            <text x={x(longitude) + 8} y={y(latitude) - 6} fontSize="13" strokeWidth="3">
              {index + 1} {code}
            </text>
          </g>
        ))}
      </svg>
    </div>
  )
}
