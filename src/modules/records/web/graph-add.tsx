/** A record found by name or identifier and put on the board, with its relations to what lies there. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Problem } from '#web/kit/states.tsx'
import { expandGraph, MOST_NODES } from '../contract.ts'
import { put } from './graph-expand.ts'
import type { GraphModel } from './graph-model.ts'
import { RecordPicker } from './record-picker.tsx'
import { t } from './text.ts'

export function GraphAdd({ graph }: { readonly graph: GraphModel }) {
  const [entity, setEntity] = useState('')
  const add = useMutation({
    mutationFn: async () =>
      await call(expandGraph, { entities: [entity, ...graph.board.nodes.keys()].slice(0, MOST_NODES), hops: 0, most: 1 }),
    onSuccess: ({ nodes, edges }) => {
      const fresh = put(graph, { nodes, edges })
      if (fresh === undefined) return
      graph.pick(nodes[0]?.entity)
      graph.say(t('chosen.added', { n: fresh }))
      setEntity('')
    },
  })
  return (
    <section className="panel" aria-labelledby="graph-add">
      <h2 id="graph-add">{t('graph.add')}</h2>
      <RecordPicker label={t('tables.name')} value={entity} onChange={setEntity} />
      <div className="actions">
        <Button isDisabled={entity === '' || add.isPending} onPress={() => add.mutate()}>
          {t('graph.add')}
        </Button>
      </div>
      <Problem error={add.error} />
    </section>
  )
}
