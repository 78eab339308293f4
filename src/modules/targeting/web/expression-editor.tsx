/** The form of a rule: groups of rows, all or any of which must hold. No code is written, and nothing can be said that the vocabulary does not have. */
import { Button } from '#web/kit/button.tsx'
import { Checkbox, Select } from '#web/kit/fields.tsx'
import { MOST_DEPTH, type Vocabulary } from '../contract.ts'
import { type DraftGroup, type DraftPart, emptyGroup, emptyRow, nextKey, withPart } from './expression-draft.ts'
import { ExpressionRow } from './expression-row.tsx'
import { t } from './text.ts'

export interface ExpressionEditorProps {
  readonly draft: DraftGroup
  readonly vocabulary: Vocabulary
  /** Problems by the key of the part they are about. */
  readonly problems: ReadonlyMap<number, readonly string[]>
  readonly onChange: (draft: DraftGroup) => void
}

export function ExpressionEditor({ draft, vocabulary, problems, onChange }: ExpressionEditorProps) {
  const change = (key: number, make: (part: DraftPart) => DraftPart | undefined): void =>
    onChange(key === draft.key ? ((make(draft) as DraftGroup | undefined) ?? draft) : withPart(draft, key, make))
  return (
    <Group
      group={draft}
      place={{ path: '', depth: 1, isRoot: true }}
      vocabulary={vocabulary}
      problems={problems}
      change={change}
      fresh={nextKey(draft)}
    />
  )
}

interface GroupProps {
  readonly group: DraftGroup
  readonly place: { readonly path: string; readonly depth: number; readonly isRoot: boolean }
  readonly vocabulary: Vocabulary
  readonly problems: ReadonlyMap<number, readonly string[]>
  readonly change: (key: number, make: (part: DraftPart) => DraftPart | undefined) => void
  readonly fresh: number
}

function Group({ group, place, vocabulary, problems, change, fresh }: GroupProps) {
  const { path, depth, isRoot } = place
  const name = isRoot ? t('rule.conditions') : t('rule.group', { n: path })
  const add = (part: DraftPart): void => change(group.key, (held) => ({ ...held, parts: [...group.parts, part] }) as DraftPart)
  return (
    <fieldset className="expression-group">
      <legend>{name}</legend>
      <div className="toolbar">
        <Select
          label={t('rule.join')}
          value={group.join}
          onChange={(join) => change(group.key, (held) => ({ ...held, join: join === 'or' ? 'or' : 'and' }) as DraftPart)}
          choices={[
            { id: 'and', label: t('rule.all') },
            { id: 'or', label: t('rule.any') },
          ]}
        />
        {isRoot ? null : (
          <>
            <Checkbox
              label={t('rule.notGroup')}
              isSelected={group.isNegated}
              onChange={(isNegated) => change(group.key, (held) => ({ ...held, isNegated }))}
            />
            <Button onPress={() => change(group.key, () => undefined)}>{t('rule.remove', { what: name })}</Button>
          </>
        )}
      </div>
      {(problems.get(group.key) ?? []).map((text) => (
        <p key={text} className="field-problem">
          {text}
        </p>
      ))}
      {group.parts.map((part, at) => {
        const below = path === '' ? String(at + 1) : `${path}.${at + 1}`
        return part.kind === 'group' ? (
          <Group
            key={part.key}
            group={part}
            place={{ path: below, depth: depth + 1, isRoot: false }}
            vocabulary={vocabulary}
            problems={problems}
            change={change}
            fresh={fresh}
          />
        ) : (
          <ExpressionRow
            key={part.key}
            row={part}
            name={t('rule.row', { n: below })}
            vocabulary={vocabulary}
            problems={problems.get(part.key) ?? []}
            onChange={(row) => change(part.key, () => row)}
            onRemove={() => change(part.key, () => undefined)}
          />
        )
      })}
      <div className="actions">
        <Button onPress={() => add(emptyRow(fresh))}>{isRoot ? t('rule.addRow') : t('rule.addRowTo', { what: name })}</Button>
        {depth >= MOST_DEPTH - 2 ? null : (
          <Button onPress={() => add(emptyGroup(fresh))}>{isRoot ? t('rule.addGroup') : t('rule.addGroupTo', { what: name })}</Button>
        )}
      </div>
    </fieldset>
  )
}
