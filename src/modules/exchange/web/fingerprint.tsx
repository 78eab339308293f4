/** A digest for reading aloud: groups of four, one text to whoever copies it. */
export function Fingerprint({ value }: { readonly value: string }) {
  return <span className="mono">{value.match(/.{1,4}/g)?.join(' ') ?? ''}</span>
}
