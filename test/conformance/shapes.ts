/** The tables of the pages as shapes. Part of the second reader: shares nothing with `src`, and no schema library either. */
export type Shape = (value: unknown) => boolean

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object of exactly these members; a name that ends in `?` may be missing. */
export function strict(members: Readonly<Record<string, Shape>>): Shape {
  const shapes = new Map(Object.entries(members).map(([name, shape]) => [name.replace('?', ''), { shape, optional: name.endsWith('?') }]))
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => shapes.has(name)) &&
    [...shapes].every(([name, { shape, optional }]) => (name in value ? shape(value[name]) : optional))
}

export const is =
  (...allowed: readonly unknown[]): Shape =>
  (value) =>
    allowed.includes(value)
export const text =
  (most: number, least = 0): Shape =>
  (value) =>
    typeof value === 'string' && value.length >= least && value.length <= most
export const matching =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
export const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Shape =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
export const list =
  (shape: Shape, most: number, least = 0): Shape =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(shape)
export const yesNo = is(true, false)
export const anything: Shape = () => true

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/
export const instant: Shape = (value) => {
  const [, year, month, day] = (typeof value === 'string' && INSTANT.exec(value)) || []
  if (year === undefined) return false
  // A day that does not exist is moved to one that does, and no longer says the same.
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

const uuid = matching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const digest = text(64, 64)
const name = text(120, 1)
const address = strict({ org: name, unit: name })

export const greeting = strict({
  head: text(2000),
  'since?': whole(1),
  proof: list(text(44, 44), 64),
  'cosigned?': strict({ size: whole(1), line: text(400) }),
})

const KINDS = [
  'push',
  'request',
  'response',
  'subscribe',
  'unsubscribe',
  'feedback',
  'update',
  'recall',
  'permission-request',
  'permission-grant',
  'permission-deny',
  'match',
  'evidence',
  'resend',
  'directory',
]

export const outer = strict({
  v: is(1),
  id: uuid,
  from: strict({ org: name, unit: name, node: name }),
  to: list(address, 64, 1),
  kind: is(...KINDS),
  urgency: is('immediate', 'urgent', 'routine'),
  created: instant,
  expires: instant,
  ctx: name,
  'replyTo?': uuid,
  'reqDigest?': digest,
  seq: whole(1),
  prev: text(64),
  cipher: digest,
  dirVersion: whole(1),
  'log?': greeting,
})

export const handling = strict({
  H: list(is('H0', 'H1', 'H2', 'H3'), 4),
  tlp: is('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'),
  pap: is('CLEAR', 'GREEN', 'AMBER', 'RED'),
  conditions: list(text(300, 1), 10),
  'evidenceUse?': is('permission', 'never'),
})

export const inner = strict({
  id: uuid,
  author: name,
  recipients: list(address, 64, 1),
  purpose: text(80, 1),
  legalBasis: strict({ act: text(200, 1), art: text(100, 1), 'ref?': text(200) }),
  'case?': text(80),
  handling,
  evaluation: strict({ source: is('A', 'B', 'C', 'X'), info: whole(1, 4) }),
  personalData: strict({ yes: yesNo, categories: list(text(80), 20) }),
  retention: strict({ reviewAt: instant, deleteBy: instant }),
  body: strict({ type: text(80, 1), data: anything }),
})

export const evidence = strict({
  v: is(1),
  message: text(60),
  digest,
  to: strict({ org: text(120), unit: text(120) }),
  kind: is('submission', 'relay', 'handling-accepted', 'delivery', 'retrieval', 'actioned', 'recalled'),
  positive: yesNo,
  at: instant,
  issuer: text(120),
  'code?': is('refused', 'expired', 'unprocessable', 'unhonoured', 'timeout'),
})
export const evidenceRoot = strict({ v: is(1), root: text(43, 43), size: whole(1, 4096), 'log?': greeting })

const about = { v: is(1), item: name, origin: address, at: instant, says: text(20) }
const says: Readonly<Record<string, Shape>> = {
  recall: strict({
    ...about,
    'field?': name,
    'attachment?': digest,
    reason: is('incorrect', 'unlawful', 'superseded', 'safety', 'other'),
    basis: text(200, 1),
    answerBy: instant,
  }),
  marking: strict({ ...about, handling, fields: (value) => isObject(value) && Object.values(value).every(handling) }),
  grant: strict({
    ...about,
    request: name,
    capability: is('store', 'derive', 'disseminate', 'use-in-proceedings', 'act-on', 'cross-match', 'share-private'),
    holder: name,
    'recipient?': name,
    until: instant,
  }),
  denial: strict({ ...about, request: name }),
  part: strict({
    ...about,
    part: name,
    digest,
    handling,
    purpose: text(80, 1),
    eraseAt: instant,
    evaluation: strict({ source: is('A', 'B', 'C', 'X'), info: whole(1, 4) }),
    legalBasis: strict({ act: text(200, 1), art: text(100, 1) }),
  }),
}
export const statement: Shape = (value) => isObject(value) && (says[String(value['says'])]?.(value) ?? false)
