/** Rows for one statement of which many say the same: what they have in common goes to the store once, and each row names the place of its kind. */
export interface InCommon<Kind> {
  readonly kinds: readonly Kind[]
  /** For each row, in its order, the place of its kind, from one. */
  readonly places: readonly number[]
}

/** Rows of one name are of one kind. */
export function inCommon<Row, Kind>(rows: readonly Row[], nameOf: (row: Row) => string, kindOf: (row: Row) => Kind): InCommon<Kind> {
  const known = new Map<string, number>()
  const kinds: Kind[] = []
  const places = rows.map((row) => {
    const name = nameOf(row)
    const place = known.get(name)
    if (place !== undefined) return place
    known.set(name, kinds.push(kindOf(row)))
    return kinds.length
  })
  return { kinds, places }
}
