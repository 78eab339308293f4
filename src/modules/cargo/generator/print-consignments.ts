/**
 * CUSCAR (one report for many transport documents) and IFTMCS (one message per transport document).
 * Source: message tables CUSCAR D95B (as D96A with NAD C9) and D03B, IFTMCS D95B (as D96A).
 */
import { LABEL } from './catalogue.ts'
import type { PrintedMessage, PrintedSegment } from './print-interchange.ts'
import type { GeneratedBox, GeneratedVoyage } from './voyage.ts'

export type CuscarDirectory = 'D95B' | 'D03B'

/** 1225: 9 original, 5 replace. */
export function printCuscar(
  voyage: GeneratedVoyage,
  directory: CuscarDirectory,
  options: { reference: string; isAmendment?: boolean },
): PrintedMessage {
  const { reference, isAmendment = false } = options
  return { type: ['CUSCAR', 'D', directory.slice(1), 'UN', 'SMDG20'], reference, segments: cuscarSegments(voyage, isAmendment) }
}

function* cuscarSegments(voyage: GeneratedVoyage, isAmendment: boolean): Generator<PrintedSegment> {
  const { vessel, times } = voyage
  const boxes = voyage.boxes.filter(({ isFull }) => isFull)
  yield ['BGM', '85', `GENERATED${voyage.number}`, isAmendment ? '5' : '9']
  yield ['DTM', ['137', times.prepared, '203']]
  yield ['NAD', 'MS', ['GNA', '160', '20']]
  yield ['TDT', '20', voyage.number, '1', '', ['GNA', '172', '20'], '', '', [vessel.imo, '146', '11', vessel.name]]
  yield ['LOC', '5', [voyage.departure, '139', '6']]
  yield ['LOC', '61', [voyage.nextPort, '139', '6']]
  yield ['DTM', ['132', times.transhipped, '203']]
  for (const box of boxes) {
    yield ['EQD', 'CN', box.container, [box.isoType, '102', '5'], '', '2', '5']
    yield ['MEA', 'AAE', 'T', ['KGM', String(box.tareKg)]]
    yield ['SEL', box.sealAtLoading, 'CA']
  }
  for (const [index, box] of boxes.entries()) {
    yield ['CNI', String(index + 1), box.bill]
    yield ['RFF', ['BM', box.bill]]
    yield* routeOf(box)
    yield ['NAD', 'CZ', '', '', box.consignor]
    yield ['NAD', 'CN', '', '', box.consignee]
    yield ['GID', '1', [String(box.packages), 'CT']]
    yield ['FTX', 'AAA', '', '', box.goods.description]
    yield ['FTX', 'AAI', '', '', LABEL]
    yield ['MEA', 'AAE', 'AAB', ['KGM', String(box.declaredKg)]]
    yield ['SGP', box.container, String(box.packages)]
    yield ['CST', '1', [box.goods.hs, '122', '']]
  }
}

export function printIftmcs(voyage: GeneratedVoyage, box: GeneratedBox, reference: string): PrintedMessage {
  return { type: ['IFTMCS', 'D', '95B', 'UN'], reference, segments: iftmcsSegments(voyage, box) }
}

function* iftmcsSegments(voyage: GeneratedVoyage, box: GeneratedBox): Generator<PrintedSegment> {
  const { vessel, times } = voyage
  yield ['BGM', '705', box.bill, '9']
  yield ['DTM', ['137', times.prepared, '203']]
  yield ['FTX', 'AAI', '', '', LABEL]
  yield ['RFF', ['BM', box.bill]]
  yield ['RFF', ['BN', box.booking]]
  yield ['TDT', '20', voyage.number, '1', '', ['GNA', '172', '20'], '', '', [vessel.imo, '146', '11', vessel.name]]
  yield ['DTM', ['133', times.departs, '203']]
  yield* routeOf(box)
  yield ['NAD', 'CZ', '', '', box.consignor]
  yield ['NAD', 'CN', '', '', box.consignee]
  yield ['NAD', 'NI', '', '', box.consignee]
  yield ['GID', '1', [String(box.packages), 'CT']]
  yield ['PIA', '5', [box.goods.hs, 'HS']]
  yield ['FTX', 'AAA', '', '', box.goods.description]
  yield ['MEA', 'AAE', 'AAB', ['KGM', String(box.declaredKg)]]
  yield ['SGP', box.container, String(box.packages)]
  yield ['EQD', 'CN', box.container, [box.isoType, '102', '5'], '', '2', '5']
  yield ['MEA', 'AAE', 'T', ['KGM', String(box.tareKg)]]
  yield ['SEL', box.sealAtLoading, 'CA']
  if (box.setTemperature !== undefined) yield ['TMP', '2', [String(box.setTemperature), 'CEL']]
}

function* routeOf(box: GeneratedBox): Generator<PrintedSegment> {
  yield ['LOC', '9', [box.loading, '139', '6']]
  if (box.transhipment !== undefined) yield ['LOC', '13', [box.transhipment, '139', '6']]
  yield ['LOC', '11', [box.reportedDischarge, '139', '6']]
  // A bill that names another port of discharge names its own place of delivery too.
  yield ['LOC', '7', [box.reportedDischarge === box.discharge ? box.delivery : box.reportedDischarge, '139', '6']]
}
