/** Other desks of the own authority that may read too. Nothing is shown where there is none. */
import { useDesks } from '#web/desks.ts'
import { Checkbox } from '#web/kit/fields.tsx'
import { useSessionQuery } from '#web/shell/session.ts'

export interface ReaderDesksProps {
  readonly label: string
  readonly help?: string
  readonly readers: readonly string[]
  readonly onChange: (readers: readonly string[]) => void
}

export function ReaderDesks({ label, help, readers, onChange }: ReaderDesksProps) {
  const own = useSessionQuery().data?.desk
  const colleagues = useDesks().filter((desk) => desk.authority === own?.authority && desk.id !== own.id)
  if (colleagues.length === 0) return null
  return (
    <fieldset className="field group wide">
      <legend>{label}</legend>
      {help === undefined ? null : <p>{help}</p>}
      <div className="choices">
        {colleagues.map((desk) => (
          <Checkbox
            key={desk.id}
            label={desk.name}
            isSelected={readers.includes(desk.id)}
            onChange={(on) => onChange(on ? [...readers, desk.id] : readers.filter((each) => each !== desk.id))}
          />
        ))}
      </div>
    </fieldset>
  )
}
