/** A text that narrows a list and stands in the address once the typing rests. */
import { useEffect, useRef, useState } from 'react'
import { TextField } from '#web/kit/fields.tsx'
import { useSettled } from '#web/use-settled.ts'

const TYPING_MS = 200

export interface SearchBoxProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
}

export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  const settled = useSettled(typed, TYPING_MS)
  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  })
  useEffect(() => {
    if (settled !== value) tell.current(settled)
    // Only what was typed is told: an address that changes by itself is no typing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [settled])
  return <TextField label={label} type="search" value={typed} onChange={setTyped} />
}
