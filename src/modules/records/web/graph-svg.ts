/** The pen that writes SVG. Every text is escaped, every number is one: nothing that a record is called becomes markup. */
import { drawScene, type Frame, type Pen, type TextStyle } from './graph-draw.ts'
import type { Scene } from './graph-marks.ts'

const FONT = 'Liberation Sans, Arial, sans-serif'

export function svgOf(scene: Scene, frame: Frame, title: string): string {
  const parts: string[] = []
  drawScene(svgPen(parts), scene, frame)
  const [width, height] = [number(frame.width), number(frame.height)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${escaped(frame.look.ground)}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

export function svgPen(parts: string[]): Pen {
  return {
    lines: (ends, { colour, width }) => {
      if (ends.length === 0) return
      let path = ''
      for (let at = 0; at + 3 < ends.length; at += 4)
        path += `M${number(ends[at])} ${number(ends[at + 1])}L${number(ends[at + 2])} ${number(ends[at + 3])}`
      parts.push(`<path d="${path}" stroke="${escaped(colour)}" stroke-width="${number(width)}" fill="none"/>`)
    },
    circle: ({ x, y }, radius, style) =>
      void parts.push(`<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}" ${paint(style)}/>`),
    polygon: (corners, style) =>
      void parts.push(`<polygon points="${corners.map(({ x, y }) => `${number(x)},${number(y)}`).join(' ')}" ${paint(style)}/>`),
    text: ({ x, y }, text, style) => void parts.push(`<text x="${number(x)}" y="${number(y)}" ${lettering(style)}>${escaped(text)}</text>`),
  }
}

function paint({ fill, stroke, width }: { readonly fill?: string; readonly stroke?: string; readonly width?: number }): string {
  const line = stroke === undefined ? '' : ` stroke="${escaped(stroke)}" stroke-width="${number(width ?? 1)}"`
  return `fill="${escaped(fill ?? 'none')}"${line}`
}

function lettering({ size, colour, halo, isMiddle = false, isBold = false }: TextStyle): string {
  const behind = halo === undefined ? '' : ` stroke="${escaped(halo)}" stroke-width="3" paint-order="stroke"`
  return `font-size="${number(size)}" fill="${escaped(colour)}"${behind}${isMiddle ? ' text-anchor="middle"' : ''}${isBold ? ' font-weight="bold"' : ''}`
}

function number(value: number | undefined): string {
  return Number.isFinite(value) ? String(Math.round((value ?? 0) * 100) / 100) : '0'
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** What XML 1.0 has no place for, in no spelling. */
const NO_XML =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export function escaped(text: string): string {
  return text.replace(NO_XML, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
