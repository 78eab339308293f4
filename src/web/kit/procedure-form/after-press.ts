/**
 * Runs something once no pointer is down. Leaving a field by a press shows what is wrong with it, and that moves what lies below: were it shown between
 * down and up, the press would miss what it was for.
 */
import { useCallback, useEffect, useRef } from 'react'

export function useAfterPress(): (run: () => void) => void {
  const isDown = useRef(false)
  const waiting = useRef<(() => void)[]>([])
  useEffect(() => {
    const down = (): void => {
      isDown.current = true
    }
    const up = (): void => {
      isDown.current = false
      // After the press was told to whoever it was for.
      setTimeout(() => {
        for (const run of waiting.current.splice(0)) run()
      })
    }
    document.addEventListener('pointerdown', down, true)
    document.addEventListener('pointerup', up, true)
    document.addEventListener('pointercancel', up, true)
    return () => {
      document.removeEventListener('pointerdown', down, true)
      document.removeEventListener('pointerup', up, true)
      document.removeEventListener('pointercancel', up, true)
    }
  }, [])
  return useCallback((run) => {
    if (isDown.current) waiting.current.push(run)
    else run()
  }, [])
}
