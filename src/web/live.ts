/** Listens to the node: an announcement carries a topic and never content; what the topic touches is read again. */
import { useEffect } from 'react'
import { queryClient } from './queries.ts'

const SPARE_MS = 300
const LATE_MS = 2_000

export function useAnnouncements(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    const source = new EventSource('/api/events')
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = (): void => {
      // Many announcements in a moment make one reading; what never changes is not read again.
      timer ??= setTimeout(() => {
        timer = undefined
        void queryClient.invalidateQueries({
          predicate: ({ queryKey, meta }) => queryKey[0] !== 'identity.whoAmI' && meta?.['isFixed'] !== true,
        })
      }, SPARE_MS)
    }
    source.addEventListener('topic', refresh)
    // What was announced while the line was down, or before it first stood, was not heard.
    const asked = Date.now()
    let wasOpen = false
    source.addEventListener('open', () => {
      if (wasOpen || Date.now() - asked > LATE_MS) refresh()
      wasOpen = true
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [isOn])
}
