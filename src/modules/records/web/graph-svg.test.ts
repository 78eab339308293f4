/** The drawing as SVG: well formed whatever a record is called, and with everything that is on the board. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Frame, onBoard, onScreen } from './graph-draw.ts'
import { boxOf, type Scene, type SceneNode } from './graph-marks.ts'
import { escaped, svgOf } from './graph-svg.ts'

const FRAME: Frame = {
  width: 800,
  height: 600,
  camera: { x: 0, y: 0, scale: 1 },
  look: {
    ink: '#000000',
    soft: '#555555',
    ground: '#ffffff',
    line: '#cccccc',
    accent: '#0a5a80',
    marks: { red: '#aa0000', amber: '#aa6600', green: '#00aa00', blue: '#0000aa', violet: '#660066' },
  },
}

const drawn = (label: string, more: Partial<SceneNode> = {}): SceneNode => ({
  id: label,
  x: 0,
  y: 0,
  label,
  letter: 'P',
  shape: 'circle',
  colour: '#2a78b8',
  size: 10,
  isPinned: false,
  isPicked: true,
  ...more,
})

function sceneOf(labels: readonly string[]): Scene {
  const nodes = labels.map((label, index) => drawn(label, { id: String(index), x: index * 120 - 200, mark: 'red', isPinned: true }))
  const edges = nodes.slice(1).map((target, index) => ({
    id: String(index),
    source: nodes[0] ?? target,
    target,
    label: labels[index] ?? '',
    isDirected: true,
    isFocused: true,
  }))
  return { nodes, edges, notes: labels.map((text, index) => ({ x: 0, y: index, text })) }
}

const TOKEN =
  // oxlint-disable-next-line no-control-regex -- what XML does not allow
  /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^<>"]*")*)(\/?)>|((?:[^<>&\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&(?:amp|lt|gt|quot|apos);)+)/uy
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }

/** Elements with the text in them, of the little of XML that is written here; throws where it is anything else. */
function read(xml: string): readonly { readonly name: string; readonly text: string }[] {
  const found: { name: string; text: string }[] = []
  const open: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(xml)
    if (token === null) throw new Error(`Not well formed: ${xml.slice(at, at + 40)}`)
    const [, isEnd, name = '', , isEmpty, text] = token
    const last = found.at(-1)
    if (text !== undefined) {
      if (last !== undefined) last.text += text.replace(/&[a-z]+;/g, (entity) => ENTITIES[entity] ?? '')
    } else if (isEnd === '/') {
      if (open.pop() !== name) throw new Error(`Ends what was not begun: ${name}`)
    } else {
      found.push({ name, text: '' })
      if (isEmpty !== '/') open.push(name)
    }
  }
  if (open.length > 0) throw new Error(`Never ended: ${open.join(' ')}`)
  return found
}

const KNOWN = new Set(['svg', 'title', 'rect', 'path', 'circle', 'polygon', 'text'])

describe('the drawing as SVG', () => {
  it('is well formed and has no element of its own making, whatever records are called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('</text><script>alert(1)</script>', '" onload="x', ']]>', '<!--', '&amp;&#0;', '\u0000\u001f\ufffe', '\ud800'),
    )
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), hostile, (labels, title) => {
        const elements = read(svgOf(sceneOf(labels), FRAME, title))
        expect(elements.filter(({ name }) => !KNOWN.has(name))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('says the names of the chosen and of relations between them', () => {
    const texts = read(svgOf(sceneOf(['Müller & Söhne <b>', 'Воробьёв']), FRAME, 'A "board"')).map(({ text }) => text.trim())
    expect(texts).toContain('Müller & Söhne <b>')
    expect(texts).toContain('Воробьёв')
    expect(texts).toContain('A "board"')
  })

  it('is drawn with numbers only where numbers belong', () => {
    const scene: Scene = { nodes: [drawn('a', { x: Number.NaN, y: Infinity })], edges: [], notes: [{ x: Number.NaN, y: 0, text: 'n' }] }
    expect(svgOf(scene, FRAME, '')).not.toMatch(/NaN|Infinity/)
  })

  it('keeps every sign that XML has', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        expect(read(`<t>${escaped(text)}</t>`)[0]?.text).toBe(text)
      }),
    )
  })
})

describe('a place', () => {
  it('is where it was after going to the screen and back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.double({ min: 0.01, max: 20, noNaN: true }), (x, y, scale) => {
        const frame = { ...FRAME, camera: { x: 17, y: -4, scale } }
        const back = onBoard(frame, onScreen(frame, { x, y }))
        expect(back.x).toBeCloseTo(x, 3)
        expect(back.y).toBeCloseTo(y, 3)
      }),
    )
  })

  it('lies in the box of all that is drawn, which is never empty', () => {
    expect(boxOf({ nodes: [], notes: [] })).toEqual({ left: -100, right: 100, bottom: -100, top: 100 })
    const { left, right, bottom, top } = boxOf({ nodes: [drawn('a', { x: 5, y: 7 })], notes: [{ x: -50, y: 90, text: '' }] })
    expect([left < -50, right > 5, bottom < 7, top > 90]).toEqual([true, true, true, true])
  })
})
