/** The alert as the form holds it, and as the node takes it. */
import type { AlertDraftInput, ReasonCode } from '../contract.ts'

export interface FormLeg {
  readonly key: string
  readonly role: 'loading' | 'transhipment' | 'discharge'
  readonly place: string
  readonly eta: string
}

export interface FormDraft {
  readonly container: string
  readonly paintedSo: boolean
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
  readonly tlp: AlertDraftInput['handling']['tlp']
  readonly pap: AlertDraftInput['handling']['pap']
  readonly h2: boolean
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
    container,
    paintedSo: false,
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
    tlp: 'AMBER',
    pap: 'AMBER',
    h2: true,
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

/** The wire shape, or undefined while a part that cannot be left out is missing. */
export function toWire(draft: FormDraft): AlertDraftInput | undefined {
  const legs = draft.legs.filter((leg) => leg.place.trim().length === 5)
  const [first, ...more] = draft.reasons
  if (draft.container.trim() === '' || legs.length === 0 || first === undefined) return undefined
  const optional = Object.fromEntries(
    (['bill', 'booking', 'vesselName', 'vesselImo', 'voyage', 'goods'] as const).flatMap((name) => {
      const value = draft[name].trim()
      return value === '' ? [] : [[name, value]]
    }),
  )
  return {
    ...optional,
    container: draft.container.trim(),
    paintedSo: draft.paintedSo,
    seals: draft.seals.split(/[\s,;]+/).filter((seal) => seal !== ''),
    legs: legs.map(({ role, place, eta }) => ({ role, place: place.trim().toUpperCase(), ...(eta === '' ? {} : { eta }) })),
    reasons: [first, ...more],
    narrative: draft.narrative,
    requested: draft.requested,
    evaluation: { source: draft.source, info: Number(draft.info) },
    handling: { H: draft.h2 ? ['H2'] : [], tlp: draft.tlp, pap: draft.pap, conditions: [] },
    source: { origin: draft.origin, originatorAgreed: draft.originatorAgreed, personalData: draft.personalData },
  }
}
