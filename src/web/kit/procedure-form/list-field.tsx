/** Several entries of the same fields: add, remove and move by keyboard, the focus goes where the person's attention is. */
import { Fragment, type ReactNode, useRef, useState } from 'react'
import { isEmpty, MAX_ENTRIES } from '#kernel/procedure/field-value.ts'
import { t } from '../../text.ts'
import { Button } from '../button.tsx'
import { type FrameProps, GroupFrame } from './field-frame.tsx'
import { focusIn } from './focus.ts'
import type { Values } from './form-model.ts'
import type { ControlProps } from './form-setting.ts'
import { fitted, keyed, moved, withoutAt } from './list-edit.ts'

export interface ListFieldProps extends ControlProps {
  readonly frame: FrameProps
  /** Draws one field of an entry. */
  readonly part: (props: ControlProps) => ReactNode
}

export function ListField({ id, path, field, value, problems, onChange, frame, part: draw }: ListFieldProps) {
  const entries: readonly Values[] = Array.isArray(value) ? (value as readonly Values[]) : []
  const [held, setHeld] = useState(() => keyed(entries.length))
  const keys = fitted(held, entries.length)
  const [said, setSaid] = useState('')
  const box = useRef<HTMLDivElement>(null)
  /** After the list is drawn again. */
  const focus = (selector: string): void => {
    requestAnimationFrame(() => focusIn(box.current?.querySelector(selector)))
  }
  const add = (): void => {
    setHeld({ keys: [...keys.keys, keys.next], next: keys.next + 1 })
    onChange([...entries, {}])
    focus(`[data-entry="${keys.next}"]`)
  }
  const remove = (index: number): void => {
    setHeld({ ...keys, keys: withoutAt(keys.keys, index) })
    onChange(withoutAt(entries, index))
    setSaid(t('form.removed', { n: index + 1 }))
    const neighbour = keys.keys[index + 1] ?? keys.keys[index - 1]
    focus(neighbour === undefined ? '[data-add]' : `[data-entry="${neighbour}"]`)
  }
  const move = (index: number, by: -1 | 1): void => {
    setHeld({ ...keys, keys: moved(keys.keys, index, by) })
    onChange(moved(entries, index, by))
    setSaid(t('form.movedTo', { n: index + by + 1 }))
    focus(`[data-entry="${keys.keys[index] ?? ''}"] [data-move="${by}"]`)
  }
  const change = (index: number, part: string, inner: unknown): void => {
    const { [part]: _before, ...rest } = entries[index] ?? {}
    onChange(entries.with(index, isEmpty(inner) ? rest : { ...rest, [part]: inner }))
  }
  return (
    <GroupFrame {...frame}>
      <div ref={box} className="entries">
        {entries.map((entry, index) => {
          const name = t('form.entry', { field: frame.label, n: index + 1 })
          return (
            <fieldset key={keys.keys[index]} className="fieldset" data-entry={keys.keys[index]}>
              <legend>{name}</legend>
              {(field.of ?? []).map((part) => (
                <Fragment key={part.id}>
                  {draw({
                    id: `${id}-${keys.keys[index] ?? index}-${part.id}`,
                    path: `${path}.${index}.${part.id}`,
                    field: part,
                    isRequired: part.required === true,
                    value: entry[part.id],
                    problems,
                    onChange: (inner) => change(index, part.id, inner),
                  })}
                </Fragment>
              ))}
              <div className="actions wide">
                <span data-move="-1">
                  <Button isDisabled={index === 0} onPress={() => move(index, -1)} label={t('form.up', { entry: name })}>
                    ↑
                  </Button>
                </span>
                <span data-move="1">
                  <Button isDisabled={index === entries.length - 1} onPress={() => move(index, 1)} label={t('form.down', { entry: name })}>
                    ↓
                  </Button>
                </span>
                <Button onPress={() => remove(index)} label={t('form.remove', { entry: name })}>
                  ✕
                </Button>
              </div>
            </fieldset>
          )
        })}
        <div className="actions">
          <span data-add>
            <Button onPress={add} isDisabled={entries.length >= (field.max ?? MAX_ENTRIES)} label={t('form.addTo', { field: frame.label })}>
              {t('form.add')}
            </Button>
          </span>
          <span className="muted" role="status">
            {said}
          </span>
        </div>
      </div>
    </GroupFrame>
  )
}
