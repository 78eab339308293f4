/** Notes on the board: put beside what is chosen, read and taken off in a list. */
import { type FormEvent, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { noting } from './board-edit.ts'
import type { GraphModel } from './graph-model.ts'
import { GAP } from './graph-place.ts'
import { t } from './text.ts'

const MOST_NOTES = 500

export function GraphNotes({ graph }: { readonly graph: GraphModel }) {
  const { board, picked } = graph
  const [text, setText] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const node = board.nodes.get(picked.nodes.at(-1) ?? '')
    const spot = node === undefined ? { x: 0, y: GAP * (board.notes.length + 1) } : { x: node.x - GAP / 4, y: node.y - GAP * 0.8 }
    graph.act((of) => noting(of, [...of.notes, { ...spot, text: text.trim() }]))
    setText('')
  }
  return (
    <section className="panel" aria-labelledby="notes">
      <h2 id="notes">{t('notes.title')}</h2>
      <ul className="plain">
        {board.notes.map((note, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two notes may say the same at one place
          <li key={`${index} ${note.text}`} className="graph-note">
            <span>{note.text}</span>
            <Button
              label={t('notes.remove', { text: note.text })}
              onPress={() =>
                graph.act((of) =>
                  noting(
                    of,
                    of.notes.filter((each) => each !== note),
                  ),
                )
              }
            >
              {t('chosen.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <TextField label={t('notes.text')} value={text} onChange={setText} isLong maxLength={2000} help={t('notes.where')} />
        <div className="actions">
          <Button type="submit" isDisabled={text.trim() === '' || board.notes.length >= MOST_NOTES}>
            {t('notes.add')}
          </Button>
        </div>
      </form>
    </section>
  )
}
