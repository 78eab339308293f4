/**
 * An alert in the form of an ICS2 risk analysis result: IE4S02 for the member state of first entry, IE4S01 for one that is involved. The code lists of ICS2 are not public: where
 * a code is asked for, the alert's own code stands in it, and its meaning beside it in words.
 */
import { type AlertDraft, reasonCodes } from '../contract.ts'
import type { RiskResult } from '../formats/ics2-content.ts'
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

/** Bill of lading in UN/EDIFACT 1001 as ICS2 writes it. */
const BILL = 'N705'
const CODE: Readonly<Record<AlertDraft['requested'], string>> = {
  monitor: 'MON',
  'document-check': 'DOC',
  scan: 'SCN',
  'physical-control': 'PHY',
  'do-not-load-advice': 'DNL',
}
const TEXT = 512

export function alertIcs2({ alert, issuedAt, madeAt, originator, recipient, content }: AlertFile): string {
  const { container, bill, requested } = content
  const documents = bill === undefined || bill === '' ? [] : [{ number: bill, type: BILL }]
  const [document] = documents
  const subject = { ...(document === undefined ? {} : { document }), houses: [], containers: [container] }
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
        ],
      },
    ],
    ...(requested === 'do-not-load-advice' ? { doNotLoad: { documents, containers: [container] } } : {}),
  })
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
  const { H, tlp, pap, conditions } = handling
  return [`TLP:${tlp}`, `PAP:${pap}`, ...H, `${evaluation.source}${evaluation.info}`, ...conditions].join('; ')
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
