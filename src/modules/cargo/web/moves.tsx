/** What a desk may do now with a case: one button for each open step, its form in a dialog. The steps and their forms are the procedure's. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { ProblemError } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { code } from './text.ts'

// Forms are fetched when a step with one is first chosen.
const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog.tsx')).MoveDialog }))

/** A step without fields is done at once, without a dialog. */
function hasForm(definition: ProcedureDef, transition: string): boolean {
  return (definition.transitions.find((each) => each.id === transition)?.form ?? []).length > 0
}

export interface MovesProps<Step extends string> {
  readonly definition: ProcedureDef
  /** Steps in the order of their buttons; those not open now are left out. */
  readonly steps: readonly Step[]
  readonly open: readonly string[]
  readonly take: (transition: Step, fields: Record<string, unknown>) => Promise<unknown>
}

export function Moves<Step extends string>({ definition, steps, open, take }: MovesProps<Step>) {
  const [asking, setAsking] = useState<Step>()
  const cache = useQueryClient()
  const move = useMutation({
    mutationFn: async ({ transition, fields }: { readonly transition: Step; readonly fields: Record<string, unknown> }) =>
      await take(transition, fields),
    onSuccess: () => setAsking(undefined),
    onSettled: async (_data, error) => {
      // After a conflict the page shows what the other person did.
      if (error === null || (error instanceof ProblemError && error.status === 409)) await cache.invalidateQueries()
    },
  })
  const offered = steps.filter((each) => open.includes(each))
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
            if (hasForm(definition, each)) setAsking(each)
            else move.mutate({ transition: each, fields: {} })
          }}
        >
          {code('act', each)}
        </Button>
      ))}
      {move.error === null || asking !== undefined ? null : (
        <span className="field-problem" role="alert">
          {move.error.message}
        </span>
      )}
      {asking === undefined ? null : (
        <Suspense>
          <MoveDialog
            title={code('act', asking)}
            definition={definition}
            transition={asking}
            error={move.error}
            isBusy={move.isPending}
            onClose={() => setAsking(undefined)}
            onDone={(fields) => move.mutate({ transition: asking, fields })}
          />
        </Suspense>
      )}
    </div>
  )
}
