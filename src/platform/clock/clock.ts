/** Time as a parameter: everything that needs the present asks this, so that tests and replays can set it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
