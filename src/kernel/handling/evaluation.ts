/** The 4×4 evaluation of a piece of information: how reliable the source is, how well the information is known. Codes as published by Europol. */
export interface Evaluation {
  readonly source: 'A' | 'B' | 'C' | 'X'
  readonly info: number
}

export const SOURCE_MEANING = {
  A: 'No doubt about the source, or always reliable so far',
  B: 'Mostly reliable so far',
  C: 'Mostly not reliable so far',
  X: 'Reliability cannot be judged',
} as const

export const INFO_MEANING = {
  1: 'Accuracy not in doubt',
  2: 'Known personally to the source, not to the official who passes it on',
  3: 'Not known personally to the source, borne out by other information',
  4: 'Not known personally to the source, not borne out',
} as const
