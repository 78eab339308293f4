/** Countries by their letters (ISO 3166-1 alpha-2), with the names that the browser's own Unicode data has. */

/** Reserved or private letters that the data names and that are no country. */
const NO_COUNTRY = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'])
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

let known: readonly { readonly id: string; readonly label: string }[] | undefined

export function countries(): readonly { readonly id: string; readonly label: string }[] {
  known ??= listed()
  return known
}

function listed(): readonly { readonly id: string; readonly label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && new Intl.Locale(`und-${code}`).region === code)
    .flatMap((code) => {
      const name = names.of(code)
      return name === undefined ? [] : [{ id: code, label: `${name} (${code})` }]
    })
    .sort((a, b) => a.label.localeCompare(b.label, 'en'))
}
