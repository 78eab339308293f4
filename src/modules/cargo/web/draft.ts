/** The alert as the form holds it, and as the node takes it. */
import { isAsStrict, joinHandling } from '#kernel/handling/handling.ts'
import type { HandlingWire } from '#web/kit/handling-fields.tsx'
import {
  type AlertDraftInput,
  type HandledField,
  handledFields,
  type MarkableField,
  markableFields,
  type ReasonCode,
  type subjectKinds,
} from '../contract.ts'

export interface FormLeg {
  readonly key: string
  readonly role: 'loading' | 'transhipment' | 'discharge'
  readonly place: string
  readonly eta: string
}

export type SubjectKind = (typeof subjectKinds)[number]

export interface FormDraft {
  readonly kind: SubjectKind
  readonly number: string
  readonly asStated: boolean
  readonly bill: string
  readonly booking: string
  readonly seals: string
  readonly vesselName: string
  readonly vesselImo: string
  readonly voyage: string
  readonly goods: string
  readonly legs: readonly FormLeg[]
  readonly reasons: readonly ReasonCode[]
  readonly narrative: string
  readonly requested: AlertDraftInput['requested']
  readonly handling: HandlingWire
  readonly onlyFor: Readonly<Partial<Record<MarkableField, readonly string[]>>>
  readonly fieldHandling: Readonly<Partial<Record<HandledField, HandlingWire>>>
  readonly source: AlertDraftInput['evaluation']['source']
  readonly info: string
  readonly origin: AlertDraftInput['source']['origin']
  readonly originatorAgreed: boolean
  readonly personalData: boolean
}

let counter = 0

export function newLeg(role: FormLeg['role'], place = '', eta = ''): FormLeg {
  counter += 1
  return { key: `leg-${counter}`, role, place, eta }
}

export function emptyDraft(container: string): FormDraft {
  return {
    kind: 'container',
    number: container,
    asStated: false,
    bill: '',
    booking: '',
    seals: '',
    vesselName: '',
    vesselImo: '',
    voyage: '',
    goods: '',
    legs: [newLeg('loading'), newLeg('discharge')],
    reasons: [],
    narrative: '',
    requested: 'physical-control',
    handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
    onlyFor: {},
    fieldHandling: {},
    source: 'B',
    info: '2',
    origin: 'own-control',
    originatorAgreed: false,
    personalData: false,
  }
}

interface Prefill {
  readonly bill?: string | undefined
  readonly booking?: string | undefined
  readonly seals: readonly string[]
  readonly vesselName?: string | undefined
  readonly vesselImo?: string | undefined
  readonly voyage?: string | undefined
  readonly goods?: string | undefined
  readonly legs: readonly { readonly role: FormLeg['role']; readonly place: string; readonly eta?: string | undefined }[]
}

/** What the documents state, put where the officer has written nothing yet. */
export function prefilled(draft: FormDraft, prefill: Prefill): FormDraft {
  const isUntouched = draft.legs.every((leg) => leg.place === '')
  return {
    ...draft,
    bill: draft.bill || (prefill.bill ?? ''),
    booking: draft.booking || (prefill.booking ?? ''),
    seals: draft.seals || prefill.seals.join(' '),
    vesselName: draft.vesselName || (prefill.vesselName ?? ''),
    vesselImo: draft.vesselImo || (prefill.vesselImo ?? ''),
    voyage: draft.voyage || (prefill.voyage ?? ''),
    goods: draft.goods || (prefill.goods ?? ''),
    legs: isUntouched && prefill.legs.length > 0 ? prefill.legs.map((leg) => newLeg(leg.role, leg.place, leg.eta ?? '')) : draft.legs,
  }
}

/** Whether there is anything to mark. No ship carries an air waybill: what was written of one stays in the form and is not sent. */
export function isWritten(draft: FormDraft, field: HandledField): boolean {
  switch (field) {
    case 'subject':
      return draft.number.trim() !== ''
    case 'legs':
      return draft.legs.some((leg) => leg.place !== '')
    case 'reasons':
      return draft.reasons.length > 0
    case 'requested':
      return true
    case 'sources':
      return false
    case 'vesselName':
    case 'vesselImo':
      return draft.kind === 'container' && draft[field].trim() !== ''
    default:
      return draft[field].trim() !== ''
  }
}

/** As strict as the alert in every part, whatever was chosen when: the alert may have been tightened since. */
export function ownHandling({ handling, fieldHandling }: FormDraft, field: HandledField): HandlingWire | undefined {
  const own = fieldHandling[field]
  if (own === undefined) return undefined
  const { H, conditions, tlp, pap } = joinHandling(handling, own)
  return { H: [...H], tlp, pap, conditions: [...conditions] }
}

/** The marks as they are sent: only of members that are written, and of handlings only those that say more than the alert. */
function marksOf(draft: FormDraft): Pick<AlertDraftInput, 'onlyFor' | 'fieldHandling'> {
  const onlyFor = markableFields.flatMap((field) => {
    const desks = draft.onlyFor[field]
    return desks === undefined || !isWritten(draft, field) ? [] : [[field, [...desks]] as const]
  })
  const own = handledFields.flatMap((field) => {
    const handling = isWritten(draft, field) ? ownHandling(draft, field) : undefined
    return handling === undefined || isAsStrict(draft.handling, handling) ? [] : [[field, plainHandling(handling)] as const]
  })
  return {
    ...(onlyFor.length === 0 ? {} : { onlyFor: Object.fromEntries(onlyFor) }),
    ...(own.length === 0 ? {} : { fieldHandling: Object.fromEntries(own) }),
  }
}

function plainHandling({ H, tlp, pap, conditions }: HandlingWire): AlertDraftInput['handling'] {
  return { H, tlp, pap, conditions }
}

/** The wire shape, or undefined while a part that cannot be left out is missing. */
export function toWire(draft: FormDraft): AlertDraftInput | undefined {
  const legs = draft.legs.filter((leg) => leg.place.trim().length === 5)
  const [first, ...more] = draft.reasons
  if (draft.number.trim() === '' || legs.length === 0 || first === undefined) return undefined
  const optional = Object.fromEntries(
    (['bill', 'booking', 'vesselName', 'vesselImo', 'voyage', 'goods'] as const).flatMap((name) => {
      return isWritten(draft, name) ? [[name, draft[name].trim()]] : []
    }),
  )
  return {
    ...optional,
    subject: { kind: draft.kind, number: draft.number.trim(), asStated: draft.asStated },
    seals: draft.seals.split(/[\s,;]+/).filter((seal) => seal !== ''),
    legs: legs.map(({ role, place, eta }) => ({ role, place: place.trim().toUpperCase(), ...(eta === '' ? {} : { eta }) })),
    reasons: [first, ...more],
    narrative: draft.narrative,
    requested: draft.requested,
    evaluation: { source: draft.source, info: Number(draft.info) },
    handling: plainHandling(draft.handling),
    ...marksOf(draft),
    source: { origin: draft.origin, originatorAgreed: draft.originatorAgreed, personalData: draft.personalData },
  }
}
