/** Two people typed into the same field of one draft: both texts stand side by side until somebody has chosen. */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { Button } from '#web/kit/button.tsx'
import { everyField } from './definition-texts.ts'
import type { DraftKeeper, DraftState } from './draft-keeper.ts'
import { ShowValue } from './show-value.tsx'
import { t } from './text.ts'

export interface DraftConflictProps {
  readonly definition: ProcedureDef
  readonly state: DraftState
  readonly keeper: DraftKeeper
}

export function DraftConflict({ definition, state, keeper }: DraftConflictProps) {
  if (state.contested.length === 0) return null
  const fields = everyField(definition)
  return (
    <div className="problem" role="alert">
      <strong>{t('draft.conflict', { who: state.savedBy ?? t('draft.somebody') })}</strong>
      <p>{t('draft.conflictWhy')}</p>
      {state.contested.map(({ id, mine, theirs }) => {
        const field = fields.find((each) => each.id === id)
        const title = field?.title ?? id
        return (
          <div key={id}>
            <h3>{title}</h3>
            <dl className="stacked">
              <div>
                <dt>{t('draft.mine')}</dt>
                <dd>
                  <ShowValue definition={definition} field={field} value={mine} />
                </dd>
              </div>
              <div>
                <dt>{t('draft.theirs')}</dt>
                <dd>
                  <ShowValue definition={definition} field={field} value={theirs} />
                </dd>
              </div>
            </dl>
            <div className="actions">
              <Button onPress={() => keeper.choose(id, 'mine')} label={t('draft.keepMineOf', { field: title })}>
                {t('draft.keepMine')}
              </Button>
              <Button onPress={() => keeper.choose(id, 'theirs')} label={t('draft.takeTheirsOf', { field: title })}>
                {t('draft.takeTheirs')}
              </Button>
            </div>
          </div>
        )
      })}
    </div>
  )
}
