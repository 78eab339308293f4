/** One port and day: the bar of its capacity and what can be done with its selection. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { Problem, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate, showInstant } from '#web/time.ts'
import { closeSelection, type PortDay, proposeSelection, showSelection } from '../contract.ts'
import { CapacityBar } from './capacity-bar.tsx'
import { CapacityDialog } from './capacity-dialog.tsx'
import { useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

export function DayHead({ port, day, item }: { readonly port: string; readonly day: string; readonly item: PortDay | undefined }) {
  const may = useMay()
  const cache = useQueryClient()
  const [dialog, setDialog] = useState<'capacity' | 'close' | undefined>(undefined)
  const selection = item?.selection
  const propose = useMutation({
    mutationFn: async () => await call(proposeSelection, { port, day, key: actKey() }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  const isOpen = selection?.state !== 'closed'
  const hasCapacity = item?.capacity !== undefined
  return (
    <section aria-label={t('day.heading', { port, day: showDate(day) })}>
      <h2>{t('day.heading', { port, day: showDate(day) })}</h2>
      {selection === undefined ? null : <Bar selection={selection.selection} />}
      <div className="actions">
        {may('targeting.supervise') && isOpen ? (
          <Button onPress={() => setDialog('capacity')}>{t(hasCapacity ? 'day.changeCapacity' : 'day.setCapacity')}</Button>
        ) : null}
        {may('targeting.select') && isOpen ? (
          <>
            <Button
              kind={selection === undefined ? 'primary' : 'plain'}
              isDisabled={!hasCapacity || propose.isPending}
              onPress={() => propose.mutate()}
            >
              {t(selection === undefined ? 'day.propose' : 'day.proposeAgain')}
            </Button>
            {selection === undefined ? null : (
              <Button isDisabled={selection.undecided > 0} onPress={() => setDialog('close')}>
                {t('day.close')}
              </Button>
            )}
          </>
        ) : null}
        {selection === undefined ? null : (
          <AppLink className="button" to={`/targeting/selections/${selection.selection}`}>
            {t('day.details')}
          </AppLink>
        )}
      </div>
      {hasCapacity ? null : <p className="muted">{t('day.needCapacity')}</p>}
      <Problem error={propose.error} />
      {dialog === 'capacity' ? (
        <CapacityDialog port={port} day={day} held={item?.capacity} onClose={() => setDialog(undefined)} />
      ) : dialog === 'close' && selection !== undefined ? (
        <ActDialog
          title={t('day.close')}
          isReady
          act={async () => await call(closeSelection, { selection: selection.selection })}
          onClose={() => setDialog(undefined)}
        >
          <p>{t('day.closeWhat')}</p>
        </ActDialog>
      ) : null}
    </section>
  )
}

function Bar({ selection }: { readonly selection: string }) {
  return (
    <Reading query={useCall(showSelection, { selection })}>
      {(view) => (
        <>
          <CapacityBar selection={view} />
          {view.closed === undefined ? null : <p>{t('day.closed', { name: view.closed.name, at: showInstant(view.closed.at) })}</p>}
        </>
      )}
    </Reading>
  )
}
