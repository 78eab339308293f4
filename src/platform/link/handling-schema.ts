/** Handling on the wire: known codes only, every part stated. */
import { z } from 'zod'

export const handlingSchema = z.strictObject({
  H: z.array(z.enum(['H0', 'H1', 'H2', 'H3'])).max(4),
  tlp: z.enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']),
  pap: z.enum(['CLEAR', 'GREEN', 'AMBER', 'RED']),
  conditions: z.array(z.string().min(1).max(300)).max(10),
  evidenceUse: z.enum(['permission', 'never']).optional(),
})
