/**
 * COARRI (loaded, discharged) and CODECO (through the gate).
 * Source: message tables COARRI and CODECO D95B (as D96A); the events by BGM as `formats/code-lists.ts` reads them.
 */
import { LABEL } from './catalogue.ts'
import type { PrintedMessage, PrintedSegment } from './print-interchange.ts'
import type { GeneratedBox, GeneratedVoyage } from './voyage.ts'

export interface ReportOptions {
  readonly event: 'loaded' | 'discharged' | 'gate-in' | 'gate-out'
  readonly place: string
  /** CCYYMMDDHHMM. */
  readonly at: string
  readonly reference: string
}

const DOCUMENTS: Readonly<Record<ReportOptions['event'], string>> = { loaded: '122', discharged: '119', 'gate-in': '34', 'gate-out': '36' }

export function printReport(voyage: GeneratedVoyage, boxes: readonly GeneratedBox[], options: ReportOptions): PrintedMessage {
  const isGate = options.event === 'gate-in' || options.event === 'gate-out'
  const type = [isGate ? 'CODECO' : 'COARRI', 'D', '95B', 'UN', 'SMDG16']
  return { type, reference: options.reference, segments: reportSegments(voyage, boxes, options) }
}

function* reportSegments(voyage: GeneratedVoyage, boxes: readonly GeneratedBox[], options: ReportOptions): Generator<PrintedSegment> {
  const { vessel, times } = voyage
  const { event, place } = options
  const isOutbound = event === 'loaded' || event === 'gate-in'
  yield ['BGM', DOCUMENTS[event], `GENERATED${options.reference}`, '9']
  yield ['DTM', ['137', times.prepared, '203']]
  yield ['FTX', 'AAI', '', '', LABEL]
  yield ['TDT', '20', voyage.number, '1', '', ['GNA', '172', '20'], '', '', [vessel.imo, '146', '11', vessel.name]]
  yield ['LOC', isOutbound ? '9' : '11', [place, '139', '6']]
  yield ['NAD', 'CF', ['GNA', '160', '20']]
  for (const box of boxes) {
    yield ['EQD', 'CN', box.container, [box.isoType, '102', '5'], '', isOutbound ? '2' : '3', box.isFull ? '5' : '4']
    yield ['RFF', ['BN', box.booking]]
    yield ['DTM', ['7', options.at, '203']]
    if (event === 'loaded' || event === 'discharged') yield ['LOC', '147', [box.stowage, '139', '5']]
    yield ['LOC', '9', [box.loading, '139', '6']]
    yield ['LOC', '11', [box.discharge, '139', '6']]
    yield ['LOC', '165', [place, '139', '6']]
    yield ['MEA', 'AAE', 'G', ['KGM', String(box.verifiedKg)]]
    if (box.isFull) yield ['SEL', sealAt(box, event), 'CA']
  }
  yield ['CNT', ['16', String(boxes.length)]]
}

function sealAt(box: GeneratedBox, event: ReportOptions['event']): string {
  if (event === 'gate-in') return box.sealAtGate
  return event === 'loaded' ? box.sealAtLoading : box.sealAtDischarge
}
