/** The pen that paints on a canvas of the browser. */
import type { Pen } from './graph-draw.ts'

const FONT = '"Liberation Sans", "Segoe UI", Arial, sans-serif'

export function canvasPen(context: CanvasRenderingContext2D): Pen {
  const paint = (style: { readonly fill?: string; readonly stroke?: string; readonly width?: number }): void => {
    if (style.fill !== undefined) {
      context.fillStyle = style.fill
      context.fill()
    }
    if (style.stroke === undefined) return
    context.strokeStyle = style.stroke
    context.lineWidth = style.width ?? 1
    context.stroke()
  }
  return {
    lines: (ends, { colour, width }) => {
      context.beginPath()
      for (let at = 0; at + 3 < ends.length; at += 4) {
        context.moveTo(ends[at] ?? 0, ends[at + 1] ?? 0)
        context.lineTo(ends[at + 2] ?? 0, ends[at + 3] ?? 0)
      }
      context.strokeStyle = colour
      context.lineWidth = width
      context.stroke()
    },
    circle: ({ x, y }, radius, style) => {
      context.beginPath()
      context.arc(x, y, radius, 0, 2 * Math.PI)
      paint(style)
    },
    polygon: (corners, style) => {
      context.beginPath()
      for (const { x, y } of corners) context.lineTo(x, y)
      context.closePath()
      paint(style)
    },
    text: ({ x, y }, text, { size, colour, halo, isMiddle = false, isBold = false }) => {
      context.font = `${isBold ? 'bold ' : ''}${size}px ${FONT}`
      context.textAlign = isMiddle ? 'center' : 'left'
      if (halo !== undefined) {
        context.lineJoin = 'round'
        context.lineWidth = 3
        context.strokeStyle = halo
        context.strokeText(text, x, y)
      }
      context.fillStyle = colour
      context.fillText(text, x, y)
    },
  }
}
