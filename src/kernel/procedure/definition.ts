/**
 * A procedure as data: JSON values only, no code. The machine (`machine.ts`) decides with it, the clocks (`clock.ts`) count with it,
 * the screen draws its forms from it, the documentation is generated from it.
 * Invariant: law is labelled law with its citation, policy is labelled policy; every clock, guard and refusal names its basis.
 */

export interface LegalRef {
  readonly celex?: string
  readonly act: string
  readonly art: string
  /** V read in the official text or a named source; M from memory, shown as not verified; D policy of the product. */
  readonly mark: 'V' | 'M' | 'D'
}

export type Scalar = string | number | boolean

/** A condition over named facts. Facts come from the slice; a missing fact makes a term unknown, and unknown never passes. */
export type Expr =
  | { readonly all: readonly Expr[] }
  | { readonly any: readonly Expr[] }
  | { readonly not: Expr }
  | { readonly fact: string; readonly is: Scalar }
  | { readonly fact: string; readonly in: readonly Scalar[] }
  | { readonly fact: string; readonly atLeast: number }
  | { readonly fact: string; readonly atMost: number }
  | { readonly fact: string; readonly given: true }

export interface Guard {
  readonly expr: Expr
  /** What the person reads when it fails. */
  readonly because: string
  readonly basis: LegalRef
}

export type Effect =
  | {
      readonly kind: 'start-clock' | 'stop-clock' | 'suspend-clock' | 'resume-clock'
      readonly clock: string
    }
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

export interface FormEntry {
  readonly field: string
  readonly required: boolean | Expr
  /** Asked only while it holds: a screen leaves the field out otherwise. */
  readonly shown?: Expr
}

export interface TransitionDef {
  readonly id: string
  readonly title: string
  readonly from: readonly string[]
  readonly to: string
  /** Roles that may do it; absent = the system, and then `on` is required. */
  readonly by?: readonly string[]
  /** `clock.<id>.expired` or `message.<type>`. */
  readonly on?: string
  readonly guards?: readonly Guard[]
  readonly form?: readonly FormEntry[]
  /** When the form decides the state: the value of this field is the target. `to` is then the documentation's name of the group. */
  readonly toBy?: {
    readonly field: string
    readonly states: Readonly<Record<string, string>>
  }
  readonly effects: readonly Effect[]
  readonly irreversible?: true
}

export interface FieldDef {
  readonly id: string
  readonly title: string
  readonly type: 'text' | 'code' | 'instant' | 'number' | 'yes-no'
  readonly codes?: readonly string[]
  readonly maxLength?: number
  /** Every field says who may see it. */
  readonly audience: readonly ('originator' | 'recipient' | 'partner' | 'oversight')[]
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
  /** Due at the latest this many hours after an instant of the case; negative for before it: ETA − 24 h is −24. */
  readonly atMost?: { readonly anchor: string; readonly hours: number }
  /** The role that is obliged: decides time zone and calendar. */
  readonly obligated: string
  readonly kind: 'law' | 'policy'
  readonly regime: 'EU-1182-71' | 'national' | 'policy'
  readonly basis: LegalRef
  /** Notices before the end, by share of the budget or hours before due. */
  readonly ladder: readonly {
    readonly rung: string
    readonly hoursBefore: number
    readonly call: string
  }[]
  /** Name of the call when it runs out. */
  readonly onExpiry: string
}

export interface ProcedureDef {
  /** `PR-01`. */
  readonly id: string
  readonly title: string
  /** Date of this wording; a running case stays on its version. */
  readonly version: string
  readonly basis: readonly LegalRef[]
  readonly realm: 'CUSTOMS' | 'LED' | 'FIU' | 'ADMIN' | 'JUDICIAL' | 'PRISON' | 'PUBLIC'
  readonly roles: Readonly<Record<string, string>>
  readonly states: readonly StateDef[]
  readonly initial: string
  readonly transitions: readonly TransitionDef[]
  readonly fields: readonly FieldDef[]
  readonly clocks: readonly ClockDef[]
  readonly refusalGrounds: readonly {
    readonly code: string
    readonly text: string
    readonly basis: LegalRef
  }[]
  readonly retention: readonly {
    readonly category: string
    readonly review: string
    readonly erase: string
    readonly basis: LegalRef
  }[]
  readonly statistics: readonly {
    readonly id: string
    readonly meaning: string
    readonly smallCell: number
  }[]
}
