/**
 * A file that another page hands to the form of a new piece of information: one the node holds already, with the strictest handling of what is in it. It comes in
 * the state of the history entry, so that no address names it; whatever else stands there is none.
 */
import { useLocation } from '@tanstack/react-router'
import { z } from 'zod'
import { handlingWire, itemAttachment } from '../contract.ts'

const handedOver = z.object({
  share: z.object({ attachment: itemAttachment.omit({ handling: true }), handling: handlingWire, personalData: z.boolean() }),
})
export type HandedOver = z.infer<typeof handedOver>['share']

export function useHandedOver(): HandedOver | undefined {
  const { state } = useLocation()
  const { data } = handedOver.safeParse(state)
  return data?.share
}
