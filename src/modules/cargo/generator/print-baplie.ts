/**
 * BAPLIE in its published generations. `1.5` and `D95B` hang the equipment under the location and state the gross weight before it;
 * `D13B` and `D15A` hang everything under the equipment and state the verified mass. Invariant: what is printed keeps to the table of its directory.
 * Source: message tables BAPLIE D95B (as D96A with a single RFF), D13B (as D23A without ATT); SMDG user guides 1.5, 2.0.6 and 3.1.
 */
import { LABEL } from './catalogue.ts'
import type { PrintedMessage, PrintedSegment } from './print-interchange.ts'
import type { GeneratedBox, GeneratedVoyage } from './voyage.ts'

export const BAPLIE_DIRECTORIES = ['1.5', 'D95B', 'D13B', 'D15A'] as const
export type BaplieDirectory = (typeof BAPLIE_DIRECTORIES)[number]

const TYPES: Readonly<Record<BaplieDirectory, readonly string[]>> = {
  '1.5': ['BAPLIE', '1', '911', 'UN', 'SMDG15'],
  D95B: ['BAPLIE', 'D', '95B', 'UN', 'SMDG20'],
  D13B: ['BAPLIE', 'D', '13B', 'UN', 'SMDG31'],
  D15A: ['BAPLIE', 'D', '15A', 'UN', 'SMDG31'],
}

export function printBaplie(voyage: GeneratedVoyage, directory: BaplieDirectory, reference: string): PrintedMessage {
  const boxes = voyage.boxes.toSorted((a, b) => (a.stowage < b.stowage ? -1 : 1))
  return { type: TYPES[directory], reference, segments: segmentsOf(voyage, boxes, directory) }
}

/** The plan of boxes that come one by one, in the order given. */
export function printBaplieOf(
  voyage: Omit<GeneratedVoyage, 'boxes'>,
  boxes: Iterable<GeneratedBox>,
  directory: BaplieDirectory,
): PrintedMessage {
  return { type: TYPES[directory], reference: 'GEN1', segments: segmentsOf(voyage, boxes, directory) }
}

function* segmentsOf(
  voyage: Omit<GeneratedVoyage, 'boxes'>,
  boxes: Iterable<GeneratedBox>,
  directory: BaplieDirectory,
): Generator<PrintedSegment> {
  const isNew = directory === 'D13B' || directory === 'D15A'
  const { vessel, times } = voyage
  yield ['BGM', isNew ? '658' : '', `GENERATED${voyage.number}`, '9']
  yield ['DTM', ['137', times.prepared, '203']]
  const identity = isNew ? [vessel.imo, 'IMO', '11', vessel.name] : [vessel.callSign, '103', '', vessel.name]
  yield ['TDT', '20', voyage.number, '1', '', ['GNA', '172', '20'], '', '', identity]
  if (isNew) yield ['RFF', ['VON', voyage.number]]
  yield ['LOC', '5', [voyage.departure, '139', '6']]
  if (isNew) yield ['DTM', ['133', times.departs, '203']]
  yield ['LOC', '61', [voyage.nextPort, '139', '6']]
  yield ['DTM', ['132', times.transhipped, '203']]
  if (!isNew) {
    yield ['DTM', ['133', times.departs, '203']]
    yield ['RFF', ['VON', voyage.number]]
    yield ['FTX', 'AAI', '', '', LABEL]
  } else yield ['UNS', 'D']
  for (const box of boxes) yield* isNew ? newBox(box) : oldBox(box, directory)
}

function* oldBox(box: GeneratedBox, directory: BaplieDirectory): Generator<PrintedSegment> {
  const [loading, discharge] = directory === '1.5' ? ['6', '12'] : ['9', '11']
  yield ['LOC', '147', [box.stowage, '', '5']]
  if (box.isFull) yield ['FTX', 'AAA', '', '', box.goods.description]
  yield ['MEA', 'WT', '', ['KGM', String(box.verifiedKg)]]
  if (box.setTemperature !== undefined) yield ['TMP', '2', [String(box.setTemperature), 'CEL']]
  yield ['LOC', loading, [box.loading, '139', '6']]
  yield ['LOC', discharge, [box.discharge, '139', '6']]
  if (box.transhipment !== undefined) yield ['LOC', '13', [box.transhipment, '139', '6']]
  yield ['LOC', '83', [box.delivery, '139', '6']]
  yield ['RFF', directory === '1.5' ? ['BM', '1'] : ['BN', box.booking]]
  yield ['EQD', 'CN', box.container, directory === '1.5' ? box.isoType : [box.isoType, '102', '5'], '', '', box.isFull ? '5' : '4']
  yield ['NAD', 'CA', [box.operator, '172', '20']]
}

function* newBox(box: GeneratedBox): Generator<PrintedSegment> {
  yield ['LOC', '147', [box.stowage, '9711', '5']]
  yield ['EQD', 'CN', [box.container, '6346', '5'], [box.isoType, '6346', '5'], '', '', box.isFull ? '5' : '4']
  yield ['NAD', 'CF', [box.operator, 'LINES', '306']]
  yield ['MEA', 'AAE', box.isFull ? 'VGM' : 'AET', ['KGM', String(box.verifiedKg)]]
  yield ['RFF', ['BN', box.booking]]
  if (box.isFull) yield ['FTX', 'AAA', '', '', box.goods.description]
  yield ['LOC', '9', box.loading]
  yield ['LOC', '11', box.discharge]
  if (box.transhipment !== undefined) yield ['LOC', '13', box.transhipment]
  yield ['LOC', '83', box.delivery]
  if (box.setTemperature !== undefined) yield ['TMP', '2', [String(box.setTemperature), 'CEL']]
  yield ['CNT', ['8', '1']]
}
