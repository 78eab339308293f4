import type { ReactNode } from 'react'

/** What may be wider than the page scrolls by itself, also by keyboard. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
