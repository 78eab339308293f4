/** What a desk may do now with an alert, each step in a dialog with its fields. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { actKey, call, ProblemError } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { moveAlert, type PartyView, pr01 } from '../contract.ts'
import { hasForm, MoveDialog } from './move-dialog.tsx'
import { t } from './text.ts'

const MOVES = ['ack', 'target', 'control', 'recordOutcome', 'decline', 'close'] as const
type Move = (typeof MOVES)[number]

export function Moves({ alert, party }: { readonly alert: string; readonly party: PartyView }) {
  const [open, setOpen] = useState<Move>()
  const cache = useQueryClient()
  const move = useMutation({
    mutationFn: async ({ transition, fields }: { readonly transition: Move; readonly fields: Record<string, unknown> }) =>
      await call(moveAlert, { alert, caseId: party.caseId, transition, fields, version: party.version, key: actKey() }),
    onSuccess: () => setOpen(undefined),
    onSettled: async (_data, error) => {
      // After a conflict the page shows what the other person did.
      if (error === null || (error instanceof ProblemError && error.status === 409)) await cache.invalidateQueries()
    },
  })
  const offered = MOVES.filter((each) => party.open.includes(each))
  if (offered.length === 0) return null
  return (
    <div className="actions">
      {offered.map((each, index) => (
        <Button
          key={each}
          kind={index === 0 ? 'primary' : 'plain'}
          isDisabled={move.isPending}
          onPress={() => {
            move.reset()
            if (!hasForm(pr01, each)) move.mutate({ transition: each, fields: {} })
            else setOpen(each)
          }}
        >
          {t(`act.${each}`)}
        </Button>
      ))}
      {open === undefined ? (
        move.error === null ? null : (
          <span className="field-problem" role="alert">
            {move.error.message}
          </span>
        )
      ) : (
        <MoveDialog
          title={t(`act.${open}`)}
          definition={pr01}
          transition={open}
          error={move.error}
          isBusy={move.isPending}
          onClose={() => setOpen(undefined)}
          onDone={(fields) => move.mutate({ transition: open, fields })}
        />
      )}
    </div>
  )
}
