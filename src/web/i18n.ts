/** Texts by key. English is the source; another language is another catalogue of the same shape, so a missing text does not compile. */
export type Catalogue = Readonly<Record<string, string>>
export type Values = Readonly<Record<string, string | number>>
export type Translate<Texts extends Catalogue> = (key: keyof Texts & string, values?: Values) => string

export function translator<Texts extends Catalogue>(texts: Texts): Translate<Texts> {
  return (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** For codes that come from the node: the text of the key when there is one, else the code itself, never nothing. */
export function codeTranslator<Texts extends Catalogue>(texts: Texts): (prefix: string, code: string) => string {
  return (prefix, code) => texts[`${prefix}.${code}`] ?? code
}
