/**
 * An alert in the form of an ICS2 risk analysis result: IE4S02 for the member state of first entry, IE4S01 for one that is involved. The code lists of ICS2 are not public: where
 * a code is asked for, the alert's own code stands in it, and its meaning beside it in words.
 */
import { type AlertDraft, reasonCodes } from '../contract.ts'
import type { ControlSubject, RiskResult } from '../formats/ics2-content.ts'
import { writeRiskAnalysisResult } from '../formats/ics2-write.ts'
import type { SentContent } from './alert-content.ts'

interface NamedDesk {
  readonly desk: string
  readonly name: string
  readonly authority: string
  readonly country: string
}

/** What one recipient gets, with who sends it to whom. */
export interface AlertFile {
  readonly alert: string
  readonly issuedAt: string
  readonly madeAt: string
  readonly originator: NamedDesk
  readonly recipient: NamedDesk & { readonly role: 'responsible' | 'involved'; readonly place: string }
  readonly content: SentContent
}

/** Bill of lading, air waybill and house waybill in UN/EDIFACT 1001 as ICS2 writes them. */
const BILL = 'N705'
const AIR_WAYBILL = 'N740'
const HOUSE_WAYBILL = 'N703'
const CODE: Readonly<Record<AlertDraft['requested'], string>> = {
  monitor: 'MON',
  'document-check': 'DOC',
  scan: 'SCN',
  'physical-control': 'PHY',
  'do-not-load-advice': 'DNL',
}
const TEXT = 512

export function alertIcs2({ alert, issuedAt, madeAt, originator, recipient, content }: AlertFile): string {
  const { requested } = content
  const subject = subjectOf(content)
  return writeRiskAnalysisResult({
    message: recipient.role === 'responsible' ? 'IE4S02' : 'IE4S01',
    header: {
      messageId: `${alert}.${Date.parse(madeAt)}`,
      correlationId: alert,
      timestamp: second(madeAt),
      sender: originator.authority,
      recipient: recipient.authority,
    },
    function: '9',
    reference: alert.replaceAll('-', ''),
    issuedAt: second(issuedAt),
    memberState: recipient.country,
    analyst: { name: originator.name, communication: [{ type: 'AO', identifier: originator.desk }] },
    analyses: [{ requestReference: alert.replaceAll('-', ''), category: 'S', results: resultsOf(content, issuedAt) }],
    recommendations: [
      {
        // The port within its country: the place has three signs.
        place: recipient.place.slice(2),
        subject,
        information: [
          { type: CODE[requested], text: requested },
          ...piecesOf(content.narrative ?? '').map((text) => ({ type: 'TXT', text })),
          ...(content.seals ?? []).map((seal) => ({ type: 'SEA', text: seal })),
          { type: 'HND', text: handlingText(content) },
          ...Object.entries(content.fieldHandling ?? {}).flatMap(([field, own]) =>
            piecesOf(`${field}: ${handlingWords(own)}`).map((text) => ({ type: 'HND', text })),
          ),
        ],
      },
    ],
    ...(requested === 'do-not-load-advice'
      ? { doNotLoad: { documents: subject.document === undefined ? [] : [subject.document], containers: subject.containers } }
      : {}),
  })
}

/** The message has one word for whatever goods are packed in, on a ship and in an aircraft. Of an air waybill, the bill beside it is that of a house. */
function subjectOf({ subject: { kind, number }, bill = '' }: AlertFile['content']): ControlSubject {
  if (kind !== 'air-waybill')
    return { ...(bill === '' ? {} : { document: { number: bill, type: BILL } }), houses: [], containers: [number] }
  const houses = bill === '' ? [] : [{ document: { number: bill, type: HOUSE_WAYBILL }, containers: [] }]
  return { document: { number, type: AIR_WAYBILL }, houses, containers: [] }
}

/** One result for each reason; the pointers name the values of the documents that the originator rests on. */
function resultsOf({ reasons, sources = [] }: AlertFile['content'], issuedAt: string): RiskResult[] {
  const pointers = sources.map(({ field, documentName, segment }) => `/${documentName}/segment[${segment}]/${field}`.slice(0, TEXT))
  return reasons.map((reason) => ({
    type: 'S',
    criterion: reason.replace(/-anomaly$/, ''),
    text: `${reason}: ${reasonCodes[reason]}`,
    completedAt: second(issuedAt),
    pointers,
  }))
}

export function handlingText({ handling, evaluation }: AlertFile['content']): string {
  const { conditions, ...codes } = handling
  return [handlingWords({ ...codes, conditions: [] }), `${evaluation.source}${evaluation.info}`, ...conditions].join('; ')
}

export function handlingWords({ H, tlp, pap, conditions }: AlertDraft['handling']): string {
  return [`TLP:${tlp}`, `PAP:${pap}`, ...H, ...conditions].join('; ')
}

/** A long text in parts that the form can hold; nothing is cut off. */
function piecesOf(text: string): string[] {
  const signs = [...text.replaceAll(/\s+/g, ' ').trim()]
  const pieces: string[] = []
  for (let at = 0; at < signs.length; at += TEXT) pieces.push(signs.slice(at, at + TEXT).join(''))
  // A part of blanks alone says nothing, and the form does not take it.
  return pieces.filter((piece) => piece.trim() !== '')
}

function second(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}
