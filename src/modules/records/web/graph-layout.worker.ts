/** Layouts off the page's own thread: one request for each worker, progress while it goes on, stopped by ending it. A file of the node, as its policy demands. */
import { movedApart } from './graph-apart.ts'
import { byForce, roundsFor } from './graph-force.ts'
import { inLayers } from './graph-layers.ts'
import type { LayoutInput, LayoutName, Places } from './graph-layout.ts'
import { inCircle, onRings } from './graph-rings.ts'

export interface LayoutRequest {
  readonly layout: LayoutName
  readonly input: LayoutInput
}

export type LayoutReply = { readonly share: number } | { readonly places: Places }

const TOLD_EVERY_MS = 100
const scope = globalThis as unknown as {
  addEventListener(kind: 'message', listen: (event: MessageEvent<LayoutRequest>) => void): void
  postMessage(reply: LayoutReply): void
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
scope.addEventListener('message', ({ data }) => scope.postMessage({ places: placed(data) }))

function placed({ layout, input }: LayoutRequest): Places {
  if (layout === 'circle') return inCircle(input)
  if (layout === 'rings') return onRings(input)
  if (layout === 'layers') return inLayers(input)
  return layout === 'apart' ? movedApart(input) : forced(input)
}

function forced(input: LayoutInput): Places {
  const rounds = roundsFor(input.x.length)
  let last: Places = input
  let [round, told] = [0, performance.now()]
  for (const places of byForce(input, rounds)) {
    last = places
    round++
    if (performance.now() - told < TOLD_EVERY_MS) continue
    told = performance.now()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    scope.postMessage({ share: round / rounds })
  }
  // Clear of each other, as far as the drawing allows.
  return movedApart({ ...input, x: last.x, y: last.y })
}
