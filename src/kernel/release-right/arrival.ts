/**
 * Release messages in the order they rest on each other, not in that of their arrival. A message names its sender's reference and the one it rests on;
 * it waits until that one is here. A repeat is known by sender and reference and changes nothing.
 * Source: the order of COREOR, COPARN, COPINO and CODECO for one container (UN/EDIFACT), which travel by different ways and overtake each other.
 */
export interface MessageName {
  readonly sender: string
  readonly reference: string
}

export interface Referenced extends MessageName {
  readonly after?: MessageName
}

/** What is known of the messages of one right: those taken in and those that wait. */
export interface WaitingRoom<Message extends Referenced> {
  readonly known: ReadonlySet<string>
  readonly waiting: readonly Message[]
}

export interface Arrival<Message extends Referenced> {
  readonly outcome: 'taken' | 'duplicate' | 'waiting'
  /** Messages that can be taken in now, in order; the arriving one first. */
  readonly due: readonly Message[]
  readonly room: WaitingRoom<Message>
}

export const nameOf = ({ sender, reference }: MessageName): string => `${sender}\n${reference}`

export const emptyRoom = <Message extends Referenced>(): WaitingRoom<Message> => ({ known: new Set(), waiting: [] })

export function arrive<Message extends Referenced>(room: WaitingRoom<Message>, message: Message): Arrival<Message> {
  const name = nameOf(message)
  if (room.known.has(name) || room.waiting.some((each) => nameOf(each) === name)) return { outcome: 'duplicate', due: [], room }
  if (message.after !== undefined && !room.known.has(nameOf(message.after)))
    return { outcome: 'waiting', due: [], room: { ...room, waiting: [...room.waiting, message] } }
  const known = new Set(room.known)
  const due: Message[] = []
  let waiting = [...room.waiting]
  const next = [message]
  for (let taken = next.shift(); taken !== undefined; taken = next.shift()) {
    known.add(nameOf(taken))
    due.push(taken)
    const freed = nameOf(taken)
    // Of several that waited for the same, the order is that of their names: it must not be that of their arrival.
    next.push(
      ...waiting.filter(({ after }) => after !== undefined && nameOf(after) === freed).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
    )
    waiting = waiting.filter(({ after }) => after === undefined || nameOf(after) !== freed)
  }
  return { outcome: 'taken', due, room: { known, waiting } }
}
