import { expect, it } from 'vitest'
import { linesEnd, readLinesEnd, readTableEnd, tableEnd } from '../contract.ts'
import { csvLine } from './export-csv.ts'

it('the last line of a page is read as it was written, and no other line is', () => {
  for (const records of [0, 5])
    for (const restricted of [0, 2])
      for (const next of [undefined, 'a_b-C1']) {
        const end = { records, restricted, next }
        expect(readLinesEnd(linesEnd(end))).toEqual(end)
        expect(readTableEnd(csvLine([tableEnd(end), '', '']))).toEqual(end)
      }
  expect(readLinesEnd('{"export":{"mrn":"26BE1"},"id":"y","schema":"Person"}')).toBeUndefined()
  expect(readLinesEnd('{"export":{"records":1},"id":"y","schema":"Person"}')).toBeUndefined()
  expect(readTableEnd('# 5 records of the year,,')).toBeUndefined()
})
