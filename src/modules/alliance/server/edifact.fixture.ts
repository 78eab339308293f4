/** Messages of partners for one box as their systems write them. */
export interface WrittenBox {
  readonly container: string
  readonly voyage?: string
  readonly imo?: string
  readonly ship?: string
  readonly port?: string
}

export type Written = readonly [type: string, segments: readonly string[]]

let interchanges = 0

/** One interchange with these messages. */
export function interchange(...messages: readonly Written[]): Uint8Array {
  const reference = `I${(interchanges += 1)}`
  const body = messages.flatMap(([type, segments], index) => [
    `UNH+${index + 1}+${type}:D:00B:UN`,
    ...segments,
    `UNT+${segments.length + 2}+${index + 1}`,
  ])
  return Buffer.from([`UNB+UNOA:2+PARTNER+PORT+261126:0800+${reference}`, ...body, `UNZ+${messages.length}+${reference}`, ''].join("'\n"))
}

function ship({ voyage, imo, ship: name }: WrittenBox): readonly string[] {
  return voyage === undefined ? [] : [`TDT+20+${voyage}+1++LIN:172:20+++${imo ?? ''}:146:11:${name ?? ''}`]
}
const port = ({ port: at }: WrittenBox): readonly string[] => (at === undefined ? [] : [`LOC+11+${at}:139:6`])
const box = ({ container }: WrittenBox): string => `EQD+CN+${container}+45R1:102:5++3+5`
const previous = (number: string | undefined): readonly string[] => (number === undefined ? [] : [`RFF+ACW:${number}`])

export const coreor = (
  right: WrittenBox,
  { number, to, function: does = '9', more = [] }: { number: string; to: string; function?: string; more?: readonly string[] },
): Written => [
  'COREOR',
  [`BGM+129+${number}+${does}`, ...ship(right), ...port(right), 'NAD+CA+LIN:172:20', `NAD+FW+${to}`, ...more, box(right)],
]

export const coparn = (right: WrittenBox, { number, haulier, after }: { number: string; haulier: string; after?: string }): Written => [
  'COPARN',
  [`BGM+340+${number}+9`, ...previous(after), ...ship(right), ...port(right), 'NAD+CA+LIN:172:20', `NAD+HA+${haulier}`, box(right)],
]

export const copino = (
  right: WrittenBox,
  {
    number,
    vehicle,
    after,
    by,
    planned = '202612010600',
  }: { number: string; vehicle: string; after?: string; by?: string; planned?: string },
): Written => [
  'COPINO',
  [
    `BGM+661+${number}+9`,
    ...previous(after),
    ...ship(right),
    ...port(right),
    ...(by === undefined ? [] : [`NAD+HI+${by}`]),
    box(right),
    `DTM+200:${planned}:203`,
    `TDT+1++3++X:172:20+++${vehicle}:146`,
  ],
]

export const coarri = (right: WrittenBox, at = '202611260700'): Written => [
  'COARRI',
  ['BGM+44+REPORT+9', ...ship(right), ...port(right), 'NAD+CF+LIN:160:20', box(right), `DTM+203:${at}:203`],
]

export const codeco = (right: WrittenBox, { name = '36', at }: { name?: string; at: string }): Written => [
  'CODECO',
  [`BGM+${name}+REPORT+9`, ...ship(right), ...port(right), box(right), `DTM+7:${at}:203`],
]
