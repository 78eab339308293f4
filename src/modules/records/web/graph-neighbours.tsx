/** How many neighbours a record has by kind, within the layers and the time of the board, before any is added; then as many as one wants. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { showNeighbourCounts } from '../contract.ts'
import { askedOf, useExpanding } from './graph-expand.ts'
import type { GraphModel } from './graph-model.ts'
import { kindText } from './model-text.ts'
import { t } from './text.ts'

const MOSTS = ['10', '25', '100', '500', '5000'] as const

export function GraphNeighbours({ graph, entity }: { readonly graph: GraphModel; readonly entity: string }) {
  const counts = useCall(showNeighbourCounts, { entity, ...askedOf(graph.board.view) })
  const { expand, isExpanding, error } = useExpanding(graph)
  const [most, setMost] = useState('25')
  return (
    <>
      <h3>{t('chosen.around')}</h3>
      <Reading query={counts}>
        {({ total, kinds }) =>
          total === 0 ? (
            <Empty>{t('neighbours.none')}</Empty>
          ) : (
            <>
              <Select label={t('chosen.most')} value={most} onChange={setMost} choices={MOSTS.map((id) => ({ id, label: id }))} />
              <table>
                <caption>{t('neighbours.total', { n: total.toLocaleString('en-GB') })}</caption>
                <tbody>
                  {byKind(kinds).map(({ kind, ways, count }) => (
                    <tr key={kind}>
                      <th scope="row">{kindText(kind)}</th>
                      <td>{ways.map((way) => t(`direction.${way}`)).join(', ')}</td>
                      <td className="number">{count.toLocaleString('en-GB')}</td>
                      <td>
                        <Button
                          isDisabled={isExpanding}
                          label={t('chosen.addKindOf', { kind: kindText(kind), n: count })}
                          onPress={() => expand({ entity, most: Number(most), kind })}
                        >
                          {t('chosen.addKind')}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <div className="actions">
                <Button isDisabled={isExpanding} onPress={() => expand({ entity, most: Number(most) })}>
                  {t('chosen.addAll')}
                </Button>
              </div>
            </>
          )
        }
      </Reading>
      <Problem error={error} />
    </>
  )
}

interface KindCount {
  readonly kind: string
  readonly direction: 'out' | 'in' | 'both'
  readonly count: number
}

/** Both directions of a kind are added together, so they are counted together. */
function byKind(
  kinds: readonly KindCount[],
): readonly { readonly kind: string; readonly ways: readonly KindCount['direction'][]; readonly count: number }[] {
  const names = [...new Set(kinds.map(({ kind }) => kind))]
  return names.map((name) => {
    const own = kinds.filter(({ kind }) => kind === name)
    return { kind: name, ways: own.map(({ direction }) => direction), count: own.reduce((sum, { count }) => sum + count, 0) }
  })
}
