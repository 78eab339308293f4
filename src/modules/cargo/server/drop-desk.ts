/** A desk whose folder is watched, with what a document needs that comes through it. */
export interface DropDesk {
  readonly desk: string
  readonly authority: string
  readonly purpose: string
  readonly folder: string
}
