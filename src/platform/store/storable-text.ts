/** Texts as PostgreSQL holds them: without the zero sign, and without half of a pair of surrogates. Source: PostgreSQL 18 manual, 8.14; Unicode Standard, 3.9. */

export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** With the sign for unreadable (U+FFFD) in the place of each. */
export function storableText(text: string): string {
  return isStorableText(text) ? text : text.replaceAll('\0', '\ufffd').toWellFormed()
}
