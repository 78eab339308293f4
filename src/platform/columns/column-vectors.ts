/**
 * Values between the engine's vectors and our columns, one loop for each pair of types: a loop that met them all would run at a tenth of the speed,
 * because the engine of the language compiles a loop for the types it has seen in it.
 */
import type {
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBIntegerVector,
  DuckDBSmallIntVector,
  DuckDBUIntegerVector,
  DuckDBUSmallIntVector,
  DuckDBUTinyIntVector,
} from '@duckdb/node-api'

/** From the engine into a column, beginning at a row; every value is there, because the columns of a file hold no nulls. */
export const TAKE = {
  u8: (vector: DuckDBUTinyIntVector, column: Uint8Array, at: number): void => {
    for (let row = 0; row < vector.itemCount; row++) column[at + row] = vector.getItem(row) as number
  },
  u16: (vector: DuckDBUSmallIntVector, column: Uint16Array, at: number): void => {
    for (let row = 0; row < vector.itemCount; row++) column[at + row] = vector.getItem(row) as number
  },
  u32: (vector: DuckDBUIntegerVector, column: Uint32Array, at: number): void => {
    for (let row = 0; row < vector.itemCount; row++) column[at + row] = vector.getItem(row) as number
  },
  i16: (vector: DuckDBSmallIntVector, column: Int16Array, at: number): void => {
    for (let row = 0; row < vector.itemCount; row++) column[at + row] = vector.getItem(row) as number
  },
  i32: (vector: DuckDBIntegerVector, column: Int32Array, at: number): void => {
    for (let row = 0; row < vector.itemCount; row++) column[at + row] = vector.getItem(row) as number
  },
  f32: (vector: DuckDBFloatVector, column: Float32Array, at: number): void => {
    for (let row = 0; row < vector.itemCount; row++) column[at + row] = vector.getItem(row) as number
  },
  f64: (vector: DuckDBDoubleVector, column: Float64Array, at: number): void => {
    for (let row = 0; row < vector.itemCount; row++) column[at + row] = vector.getItem(row) as number
  },
} as const

/** From a column, beginning at a row, into the engine. */
export const FILL = {
  u8: (vector: DuckDBUTinyIntVector, column: Uint8Array, from: number): void => {
    for (let row = 0; row < vector.itemCount; row++) vector.setItem(row, column[from + row] as number)
    vector.flush()
  },
  u16: (vector: DuckDBUSmallIntVector, column: Uint16Array, from: number): void => {
    for (let row = 0; row < vector.itemCount; row++) vector.setItem(row, column[from + row] as number)
    vector.flush()
  },
  u32: (vector: DuckDBUIntegerVector, column: Uint32Array, from: number): void => {
    for (let row = 0; row < vector.itemCount; row++) vector.setItem(row, column[from + row] as number)
    vector.flush()
  },
  i16: (vector: DuckDBSmallIntVector, column: Int16Array, from: number): void => {
    for (let row = 0; row < vector.itemCount; row++) vector.setItem(row, column[from + row] as number)
    vector.flush()
  },
  i32: (vector: DuckDBIntegerVector, column: Int32Array, from: number): void => {
    for (let row = 0; row < vector.itemCount; row++) vector.setItem(row, column[from + row] as number)
    vector.flush()
  },
  f32: (vector: DuckDBFloatVector, column: Float32Array, from: number): void => {
    for (let row = 0; row < vector.itemCount; row++) vector.setItem(row, column[from + row] as number)
    vector.flush()
  },
  f64: (vector: DuckDBDoubleVector, column: Float64Array, from: number): void => {
    for (let row = 0; row < vector.itemCount; row++) vector.setItem(row, column[from + row] as number)
    vector.flush()
  },
} as const
