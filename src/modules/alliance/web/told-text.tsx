/** A text that somebody wrote, as it was written: its lines stay, and nothing in it is taken for markup. */
export function ToldText({ children }: { readonly children: string }) {
  return <p style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{children}</p>
}
