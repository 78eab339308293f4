/** Starts a node of the demonstration again when its process has ended by itself: soon, and later each time while it goes on ending. */
const FIRST_MS = 1000
const LONGEST_MS = 60_000
/** Whatever was up for so long ends for another reason than before. */
const STEADY_MS = 60_000

export interface KeptUp {
  /** The process is gone, and nobody asked it to go. */
  died(): void
  /** From now on it is left as it is. */
  stop(): void
}

export interface KeepUpOptions {
  readonly title: string
  /** Resolves when it is up. Where it ends before, `died` is said of that end too. */
  readonly start: () => Promise<void>
  readonly tell: (line: string) => void
  /** Milliseconds of any clock that goes forward. */
  readonly now?: () => number
}

export function keepUp({ title, start, tell, now = () => performance.now() }: KeepUpOptions): KeptUp {
  let wait = FIRST_MS
  let upSince: number | undefined = now()
  let waiting: NodeJS.Timeout | undefined
  let isStopped = false
  const again = async (): Promise<void> => {
    try {
      await start()
    } catch {
      // Its end was told, or it is still on its way up.
      return
    }
    upSince = now()
    tell(`${title} is up again`)
  }
  return {
    died: () => {
      if (isStopped) return
      if (upSince !== undefined && now() - upSince >= STEADY_MS) wait = FIRST_MS
      upSince = undefined
      tell(`${title} has ended by itself and is started again in ${wait / 1000} s`)
      waiting = setTimeout(() => void again(), wait)
      wait = Math.min(LONGEST_MS, 2 * wait)
    },
    stop: () => {
      isStopped = true
      clearTimeout(waiting)
    },
  }
}
