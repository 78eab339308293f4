/** Families of records as a board draws them: each with a shape, a letter and a colour, so that none of the three carries the meaning alone. */
import { type SchemaName, schemaOf } from '#kernel/record/model.ts'

export const SHAPES = ['circle', 'square', 'diamond', 'triangle'] as const
export type Shape = (typeof SHAPES)[number]

export interface Family {
  /** In words: `family.person`. */
  readonly id: 'person' | 'organisation' | 'vehicle' | 'cargo' | 'place' | 'money' | 'event' | 'document' | 'other'
  readonly letter: string
  readonly shape: Shape
  /** Stands out from both grounds by at least 3 to 1 (WCAG 1.4.11), and carries white letters. */
  readonly colour: string
}

/** The first that fits: a company is an asset too. */
const FAMILIES: readonly (Family & { readonly schemata: readonly SchemaName[] })[] = [
  { id: 'person', letter: 'P', shape: 'circle', colour: '#2a78b8', schemata: ['Person'] },
  { id: 'organisation', letter: 'O', shape: 'square', colour: '#8a5bc4', schemata: ['LegalEntity'] },
  { id: 'vehicle', letter: 'V', shape: 'triangle', colour: '#2d8573', schemata: ['Vehicle'] },
  { id: 'cargo', letter: 'C', shape: 'square', colour: '#a86a1d', schemata: ['Container', 'Consignment', 'PrecursorBatch'] },
  { id: 'money', letter: 'M', shape: 'diamond', colour: '#5d8126', schemata: ['BankAccount', 'CryptoWallet', 'Security', 'Value'] },
  { id: 'place', letter: 'L', shape: 'diamond', colour: '#b9508c', schemata: ['Address', 'RealEstate', 'Port', 'PortFacility'] },
  { id: 'document', letter: 'D', shape: 'square', colour: '#64788a', schemata: ['Document', 'LegalOrder', 'Identification'] },
  { id: 'event', letter: 'E', shape: 'triangle', colour: '#c0504d', schemata: ['Event', 'Operation', 'Trip', 'Interval'] },
]
const OTHER: Family = { id: 'other', letter: '·', shape: 'circle', colour: '#72797f' }

const known = new Map<string, Family>()

export function familyOf(schema: string): Family {
  const held = known.get(schema)
  if (held !== undefined) return held
  const ancestors = schemaOf(schema)?.ancestors ?? new Set<string>([schema])
  const family = FAMILIES.find(({ schemata }) => schemata.some((each) => ancestors.has(each))) ?? OTHER
  known.set(schema, family)
  return family
}

export const families: readonly Family[] = [...FAMILIES, OTHER]
