/** I2: size and type differ from an earlier sighting of the same number: another box wears it. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

/** Length, height and group: what paint and a crane cannot change. Later signs name ventilation and fittings, which messages round. */
interface BoxShape {
  readonly length: string
  readonly height: string | undefined
  readonly group: string | undefined
}

/** Groups of the codes of 1984, whose last two signs are digits, as the letters of 1995 name them; boxes with small vents were written 10 to 19. */
const OLD_GROUPS: Readonly<Record<string, string>> = { 0: 'G', 1: 'G', 2: 'B', 3: 'R', 4: 'R', 5: 'U', 6: 'P', 7: 'T', 8: 'B', 9: 'A' }

export const typeChange: CargoDetector = {
  ...COMMON,
  code: 'I2',
  id: 'cargo.type-change',
  title: 'Size and type of the box',
  parameters: {},
  inputs: ['size and type code', 'earlier sightings of the number'],
  knownLimits: 'Compares length, height and group; a false box of the same size and group passes. Codes outside ISO 6346 are left alone.',
  innocentAlternatives: ['A wrong code in one message', 'An old code that a system translated wrongly'],
  evaluate(dossier) {
    const typed = dossier.sightings.flatMap(({ sighting, message }) => {
      const shape = sighting.isoType === undefined ? undefined : shapeOf(sighting.isoType.value)
      return sighting.isoType === undefined || shape === undefined ? [] : [{ stated: sighting.isoType, shape, message }]
    })
    const first = typed[0]
    if (first === undefined || typed.length < 2) return missing('size and type in two sightings')
    const other = typed.find(({ shape }) => differs(first.shape, shape))
    return other === undefined
      ? CLEAR
      : signal(
          `The box was of type ${first.stated.value} in ${first.message} and is of type ${other.stated.value} in ${other.message}.`,
          fact('type before', first.stated),
          fact('type after', other.stated),
        )
  },
}

/** Undefined for what is not a code of four signs. */
export function shapeOf(code: string): BoxShape | undefined {
  const plain = code.trim().toUpperCase()
  if (!/^[1-9A-P][0-9CDEFLMN][0-9GVBSRHUPKNTA][0-9A-Z]$/.test(plain)) return undefined
  const [length = '', height, third = ''] = plain
  if (/[A-Z]/.test(third)) return { length, height, group: third }
  return { length, height: undefined, group: OLD_GROUPS[third] }
}

function differs(a: BoxShape, b: BoxShape): boolean {
  return (
    a.length !== b.length ||
    (a.height !== undefined && b.height !== undefined && a.height !== b.height) ||
    (a.group !== undefined && b.group !== undefined && a.group !== b.group)
  )
}
