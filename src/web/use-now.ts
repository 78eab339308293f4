import { useEffect, useState } from 'react'

const EVERY_MS = 30_000

/** The present, renewed twice a minute: enough for distances in minutes. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
