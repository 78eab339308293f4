/** What a slice gives the application: pages by path, and which of them stand in the navigation. */
import type { FunctionComponent } from 'react'

export interface Page {
  /** TanStack Router syntax: `/alerts/$alert`. */
  readonly path: string
  readonly component: FunctionComponent
  /** Anybody may open it, without a session. */
  readonly isOpen?: true
  readonly nav?: {
    readonly label: string
    /** Shown to sessions that hold it; the node decides again at every request. */
    readonly permission: string
    /** Second key after `g`. */
    readonly key: string
    readonly order: number
  }
}
