/**
 * A board as GEXF 1.3 or GraphML. Captions come from files of others: every sign that XML gives a meaning is escaped, and what XML cannot hold is shown as the
 * replacement character, so that nothing closes an element and nothing is dropped unsaid. Sources: gexf.net/schema.html (1.3); graphml.graphdrawing.org; XML 1.0 section 2.2.
 */
import type { BoardLayout, GraphEdge, GraphNode } from '../contract.ts'

export interface DrawnBoard {
  readonly title: string
  readonly at: Date
  readonly nodes: readonly (GraphNode & { readonly place: BoardLayout['nodes'][number] | undefined })[]
  readonly edges: readonly GraphEdge[]
  /** Records beyond what one answer holds: said in the file. */
  readonly leftOut: number
}

// oxlint-disable-next-line no-control-regex -- these are what XML 1.0 does not allow
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const MEANING: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (sign) => MEANING[sign] ?? sign)
}

const COLOUR = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i

export function printGexf({ title, at, nodes, edges, leftOut }: DrawnBoard): string {
  const values = (pairs: readonly (readonly [number, string | number | undefined])[]) => {
    const known = pairs.flatMap(([id, value]) => (value === undefined ? [] : [`<attvalue for="${id}" value="${xmlText(String(value))}"/>`]))
    return `<attvalues>${known.join('')}</attvalues>`
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    `<meta lastmodifieddate="${at.toISOString().slice(0, 10)}"><creator>Breakwater</creator><title>${xmlText(title)}</title>${noteOf(leftOut)}</meta>`,
    '<graph mode="static" defaultedgetype="directed">',
    '<attributes class="node"><attribute id="0" title="schema" type="string"/><attribute id="1" title="merged" type="integer"/><attribute id="2" title="degree" type="integer"/></attributes>',
    '<attributes class="edge"><attribute id="0" title="kind" type="string"/><attribute id="1" title="from" type="string"/><attribute id="2" title="to" type="string"/><attribute id="3" title="statements" type="integer"/></attributes>',
    '<nodes>',
    ...nodes.map(({ entity, caption, schema, merged, degree, place }) => {
      const drawn = place === undefined ? '' : `<viz:position x="${place.x}" y="${place.y}" z="0"/>${vizColour(place.colour)}`
      return `<node id="${xmlText(entity)}" label="${xmlText(caption)}">${values([
        [0, schema],
        [1, merged],
        [2, degree],
      ])}${drawn}</node>`
    }),
    '</nodes>',
    '<edges>',
    ...edges.map(({ edge, source, target, kind, directed, from, to, statements }) => {
      const attributes = values([
        [0, kind],
        [1, from],
        [2, to],
        [3, statements],
      ])
      return `<edge id="${xmlText(edge)}" source="${xmlText(source)}" target="${xmlText(target)}" type="${directed ? 'directed' : 'undirected'}" label="${xmlText(kind)}">${attributes}</edge>`
    }),
    '</edges>',
    '</graph>',
    '</gexf>',
    '',
  ].join('\n')
}

const KEYS = [
  ['caption', 'node', 'string'],
  ['schema', 'node', 'string'],
  ['merged', 'node', 'int'],
  ['degree', 'node', 'int'],
  ['x', 'node', 'double'],
  ['y', 'node', 'double'],
  ['colour', 'node', 'string'],
  ['kind', 'edge', 'string'],
  ['from', 'edge', 'string'],
  ['to', 'edge', 'string'],
  ['statements', 'edge', 'int'],
] as const

export function printGraphml({ title, nodes, edges, leftOut }: DrawnBoard): string {
  const data = (values: Readonly<Record<string, string | number | undefined>>) =>
    Object.entries(values)
      .flatMap(([key, value]) => (value === undefined ? [] : [`<data key="${key}">${xmlText(String(value))}</data>`]))
      .join('')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...KEYS.map(([name, of, type]) => `<key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`),
    `<graph id="board" edgedefault="directed"><desc>${xmlText(title)}${leftOut === 0 ? '' : ` (${leftOut} more relations are not in this file)`}</desc>`,
    ...nodes.map(({ entity, caption, schema, merged, degree, place }) => {
      const drawn = place === undefined ? {} : { x: place.x, y: place.y, colour: place.colour }
      return `<node id="${xmlText(entity)}">${data({ caption, schema, merged, degree, ...drawn })}</node>`
    }),
    ...edges.map(
      ({ edge, source, target, kind, directed, from, to, statements }) =>
        `<edge id="${xmlText(edge)}" source="${xmlText(source)}" target="${xmlText(target)}" directed="${directed}">${data({ kind, from, to, statements })}</edge>`,
    ),
    '</graph>',
    '</graphml>',
    '',
  ].join('\n')
}

function noteOf(leftOut: number): string {
  return leftOut === 0 ? '' : `<description>${leftOut} more relations are not in this file</description>`
}

function vizColour(colour: string | undefined): string {
  const [, red = '', green = '', blue = ''] = COLOUR.exec(colour ?? '') ?? []
  if (red === '') return ''
  return `<viz:color r="${Number.parseInt(red, 16)}" g="${Number.parseInt(green, 16)}" b="${Number.parseInt(blue, 16)}"/>`
}
