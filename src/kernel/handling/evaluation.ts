/** The 4×4 evaluation of a piece of information: how reliable the source is, how well the information is known. Codes as published by Europol. */
export interface Evaluation {
  readonly source: 'A' | 'B' | 'C' | 'X'
  readonly info: number
}
