/** Moves the focus to the first thing in an element that can hold it. */
const CAN_HOLD = 'input:not([disabled]), select, textarea, button:not([disabled])'

export function focusIn(element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) return
  const first = element.matches(CAN_HOLD) ? element : (element.querySelector<HTMLElement>(CAN_HOLD) ?? element)
  first.focus()
  element.scrollIntoView({ block: 'nearest' })
}
