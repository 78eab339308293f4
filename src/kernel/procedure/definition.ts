/**
 * A procedure as data: JSON values only, no code. The machine (`machine.ts`) decides with it, `fold.ts` derives a case from its steps with it, the clocks
 * (`clock.ts`) count with it, the screen draws its forms from it, the documentation is generated from it.
 * Invariant: law is labelled law with its citation, policy is labelled policy; every clock, guard and refusal names its basis; every field its audience.
 */
import type { Expr } from './expression.ts'

export interface LegalRef {
  readonly celex?: string
  readonly act: string
  readonly art: string
  /** V read in the official text or a named source; M from memory, shown as not verified; D policy of the product. */
  readonly mark: 'V' | 'M' | 'D'
}

export interface Guard {
  readonly expr: Expr
  /** What the person reads when it fails. */
  readonly because: string
  readonly basis: LegalRef
}

export type Effect =
  /** `from` names a field with the instant the clock runs from; without it the clock runs from the step. */
  | { readonly kind: 'start-clock'; readonly clock: string; readonly from?: string }
  | { readonly kind: 'stop-clock' | 'suspend-clock' | 'resume-clock'; readonly clock: string }
  /** Adds the number in the field `by`, in the unit the clock may be extended in. */
  | { readonly kind: 'extend-clock'; readonly clock: string; readonly by: string }
  /** Tells the desks of these roles, beyond what every step tells its parties. */
  | { readonly kind: 'notify'; readonly roles: readonly string[]; readonly text: string }
  /**
   * Opens a draft of another procedure for the desk that took the step; `copy` names its fields by ours, `@subject` for what the case is about,
   * or `@anchor.<name>` for what the case was opened with.
   */
  | { readonly kind: 'spawn'; readonly procedure: string; readonly copy: Readonly<Record<string, string>> }
  /** Erases the values of these fields with every party, and with `files` every file that came from another one; needs `irreversible`. */
  | { readonly kind: 'purge'; readonly fields: readonly string[]; readonly files?: true }
  /** No later step may set these fields. */
  | { readonly kind: 'lock'; readonly fields: readonly string[] }
  /** From now on the desk in this field fills the role; who filled it before takes no further part. */
  | { readonly kind: 'address'; readonly role: string; readonly field: string }
  /** Brings the desks of these roles into the case: they get it as it stands, as far as its fields are for them. */
  | { readonly kind: 'send'; readonly roles: readonly string[] }
  /** Calls the slice by this name, inside the transition's transaction: a message, a notice, a record. */
  | { readonly kind: 'call'; readonly name: string }

export interface StateDef {
  readonly id: string
  readonly title: string
  readonly terminal?: true
  /** Order of progress, for the least advanced of several recipients. */
  readonly rank: number
  /** Role whose turn it is. */
  readonly waitsFor?: string
}

/** A field by name, with its own condition here; or all fields of a section with the conditions they carry themselves. */
export type FormEntry =
  | {
      readonly field: string
      readonly required?: boolean | Expr
      /** Asked only while it holds: a screen leaves the field out otherwise. */
      readonly shown?: Expr
    }
  | { readonly section: string }

/** What a copied value comes from beside a field. */
export const COPY_SUBJECT = '@subject'
export const COPY_ANCHOR = '@anchor.'

/** Stays in its state. */
export const STAY = '@stay'
/** Goes back to the state from which the present one was entered: the end of a clarification. */
export const BACK = '@back'

export interface TransitionDef {
  readonly id: string
  readonly title: string
  /** Name of the step in an official process model, verbatim. */
  readonly official?: string
  readonly basis?: LegalRef
  readonly from: readonly string[]
  /** A state, `@stay` or `@back`. */
  readonly to: string
  /** Roles that may do it; absent = the system, and then `on` is required. */
  readonly by?: readonly string[]
  /** `clock.<id>.expired`, `received.<role>` (the case arrived at the node of that role) or `message.<type>` (a slice binds it). */
  readonly on?: string
  readonly guards?: readonly Guard[]
  /** Shown before the step is taken; they do not stop it. */
  readonly warnings?: readonly Guard[]
  readonly form?: readonly FormEntry[]
  /** A refusal: asks for one of these grounds (all, when empty) and for reasons; `ground`, `reasons`, `justification` are its fields. */
  readonly refuses?: readonly string[]
  /** Who reads ground and reasons of the refusal; absent = every role. */
  readonly refusalAudience?: readonly string[]
  /** Opens a closed case again: the only way out of a terminal state. A clock that was met stays met; what runs anew is a new one. */
  readonly reopens?: true
  /** The consultation that some grounds need first. */
  readonly consults?: true
  /** When the form decides the state: the value of this field is the target. `to` is then the documentation's name of the group. */
  readonly toBy?: {
    readonly field: string
    readonly states: Readonly<Record<string, string>>
  }
  /** Roles that learn of the step; absent = all. Only a step that stays in its state may leave one out. */
  readonly told?: readonly string[]
  readonly effects: readonly Effect[]
  readonly irreversible?: true
}

export type FieldType = 'text' | 'long-text' | 'code' | 'codes' | 'country' | 'desk' | 'instant' | 'date' | 'number' | 'yes-no' | 'list'

export interface FieldDef {
  readonly id: string
  readonly title: string
  readonly type: FieldType
  readonly help?: string
  /** Section of the form it stands in. */
  readonly section?: string
  /** Where its section asks for it: needed always, or while this holds. */
  readonly required?: boolean | Expr
  readonly shown?: Expr
  /** For `code` and `codes`: the codes here, or a code list of the definition. */
  readonly codes?: readonly string[]
  readonly codeList?: string
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  /** Checked identifier: `iso6346`, `imo`, `unlocode`, `awb`, `btc-address`, `evm-address`, `tx-hash`, `iban`, `cas`, `e-mail`. */
  readonly format?: string
  /** Fields of one entry of a `list`. */
  readonly of?: readonly Omit<FieldDef, 'section' | 'audience' | 'of'>[]
  /** Roles that may see it. A role without it never receives the value, whatever the screen. `oversight` is always allowed to be named. */
  readonly audience: readonly string[]
  /** Personal data: for the role of a private partner only where the law orders it, which `partnerBasis` then names. */
  readonly personal?: true
  readonly partnerBasis?: LegalRef
  /** Compared with the cases and records the authority already has: the kind of match key. */
  readonly crossCheck?: string
  readonly basis?: LegalRef
}

export type Unit = 'hour' | 'calendarDay' | 'workingDay' | 'week' | 'month'
export interface Budget {
  readonly n: number
  readonly unit: Unit
}

export interface ClockDef {
  readonly id: string
  readonly title: string
  /** Absent when the clock runs to an instant of the case alone (`until`). */
  readonly budget?: Budget
  /** Due at the latest this many hours after an instant of the case (an anchor or a field); negative for before it: ETA − 24 h is −24. */
  readonly atMost?: {
    readonly anchor: string
    readonly hours: number
    /** An extension moves it too: it is an end that somebody set for the duty, and not an event that stands. */
    readonly movesWithExtensions?: true
  }
  readonly startsOn?: 'receipt' | 'sending' | 'decision' | 'issue' | 'event' | 'available'
  /** The role that is obliged: decides time zone and calendar. */
  readonly obligated: string
  /** Roles that know of it; absent = every role that is told of a step which starts it. */
  readonly audience?: readonly string[]
  readonly kind: 'law' | 'policy'
  readonly regime: 'EU-1182-71' | 'national' | 'policy'
  /** For `national`: the transposing law moves an end on a day off to the next working day. */
  readonly roll?: 'next-working-day'
  readonly basis: LegalRef
  /** Steps by which the duty is done. Its own end (`onExpiry`) misses it; any other stop ends the clock without a verdict. Absent = every stop meets it. */
  readonly metBy?: readonly string[]
  /** Steps by which it turns out that the clock never applied: no verdict, however late. */
  readonly voidedBy?: readonly string[]
  /** Time that has to pass rather than a duty: its end is no omission. */
  readonly isWaiting?: true
  /** How much all extensions together may add. */
  readonly extend?: { readonly max: number; readonly unit: Unit }
  /** Notices before the end, in hours before the safe instant. `call` is a step, `remind`, or a name that the slice binds. */
  readonly ladder: readonly {
    readonly rung: string
    readonly hoursBefore: number
    readonly call: string
  }[]
  /** When it runs out: a step, `remind`, `escalate` (remind, and let the backup desk in), or a name that the slice binds. */
  readonly onExpiry: string
}

export interface RefusalGround {
  readonly code: string
  readonly text: string
  readonly basis: LegalRef
  /** A consultation must have been held before it may be used. */
  readonly consultFirst?: true
  /** May not be used while this holds. */
  readonly notFor?: Expr
  /** Unlikely while this holds: `text` is shown and a justification is needed. */
  readonly doubtfulIf?: { readonly expr: Expr; readonly text: string }
}

export interface RoleDef {
  readonly title: string
  /** Realms whose desks may fill it. */
  readonly realms: readonly string[]
  /** Kinds of authority that may fill it; absent = any of the realms. */
  readonly kinds?: readonly string[]
  /** Several desks may fill it at once. */
  readonly many?: true
  /** A case can be opened and sent without anybody in it. */
  readonly optional?: true
}

export interface ProcedureDef {
  /** `PR-01`, `PR-07.epoc`. */
  readonly id: string
  readonly title: string
  /** Date of this wording; a running case stays on its version. */
  readonly version: string
  readonly basis: readonly LegalRef[]
  readonly realm: 'CUSTOMS' | 'LED' | 'FIU' | 'ADMIN' | 'JUDICIAL' | 'PRISON' | 'PUBLIC'
  readonly measures: readonly number[]
  readonly roles: Readonly<Record<string, RoleDef>>
  /** Role that opens a case from the screen; absent where only a slice opens one. */
  readonly opener?: string
  readonly states: readonly StateDef[]
  readonly initial: string
  readonly transitions: readonly TransitionDef[]
  readonly sections?: readonly { readonly id: string; readonly title: string }[]
  readonly codeLists?: Readonly<Record<string, readonly { readonly code: string; readonly title: string }[]>>
  readonly fields: readonly FieldDef[]
  /** Field whose value names the case in lists; never one with personal data. */
  readonly label?: string
  readonly clocks: readonly ClockDef[]
  readonly refusalGrounds: readonly RefusalGround[]
  readonly retention: readonly {
    readonly category: string
    /** ISO 8601 durations from the closing of the case. */
    readonly review: string
    readonly erase: string
    readonly basis: LegalRef
  }[]
  readonly statistics: readonly {
    readonly id: string
    readonly meaning: string
    readonly smallCell: number
  }[]
  /** How the messages of the case travel. */
  readonly message?: {
    readonly purpose: string
    readonly handling: { readonly H: readonly string[]; readonly tlp: string; readonly pap: string; readonly conditions: readonly string[] }
    /** Text that orders the transfer of personal data to third countries; without it each needs an authorised transfer (PR-24). */
    readonly transferBasis?: LegalRef
    /** Travels before others while it holds. */
    readonly urgentIf?: Expr
  }
  /** Versions whose running cases an administrator may bring to this one, and where each of their states goes (absent = the same id). */
  readonly migratesFrom?: readonly { readonly version: string; readonly states: Readonly<Record<string, string>> }[]
  /** Notes for the person who works with it: traps of the text, what was not verified. */
  readonly notes?: readonly string[]
}

/** Fields that every refusal asks for, beside its own form. */
export const REFUSAL_FIELDS = { ground: 'ground', reasons: 'reasons', justification: 'justification' } as const
