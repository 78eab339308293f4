/** How many consignments can be controlled at a port on a day, and the shares that stay for random and novel ones. A supervisor says so. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { LEAST_EXPLORATION, MOST_CAPACITY, setCapacity } from '../contract.ts'
import { t } from './text.ts'

export interface CapacityDialogProps {
  readonly port: string
  readonly day: string
  readonly held: number | undefined
  readonly onClose: () => void
}

export function CapacityDialog({ port, day, held, onClose }: CapacityDialogProps) {
  const [capacity, setNumber] = useState(held === undefined ? '' : String(held))
  const [random, setRandom] = useState('5')
  const [novelty, setNovelty] = useState('5')
  const [hits, setHits] = useState('1000')
  const values = [capacity, random, novelty, hits].map(Number)
  const [n = 0, r = 0, v = 0, h = 0] = values
  const least = LEAST_EXPLORATION * 100
  const isReady =
    Number.isInteger(n) && n >= 1 && n <= MOST_CAPACITY && r >= least && r <= 50 && v >= least && v <= 50 && Number.isInteger(h) && h >= 1
  return (
    <ActDialog
      title={t(held === undefined ? 'day.setCapacity' : 'day.changeCapacity')}
      isReady={isReady}
      act={async () =>
        await call(setCapacity, {
          port,
          day,
          capacity: n,
          minimumRandomRate: r / 100,
          minimumNoveltyRate: v / 100,
          maximumHitsWithoutSelection: h,
        })
      }
      onClose={onClose}
    >
      <TextField label={t('capacity.capacity')} type="number" value={capacity} onChange={setNumber} isRequired autoFocus />
      <TextField label={t('capacity.random')} type="number" value={random} onChange={setRandom} isRequired help={t('capacity.floor')} />
      <TextField label={t('capacity.novelty')} type="number" value={novelty} onChange={setNovelty} isRequired help={t('capacity.floor')} />
      <TextField label={t('capacity.hits')} type="number" value={hits} onChange={setHits} isRequired />
    </ActDialog>
  )
}
