/** Container, voyage and port: what a release right is about. */
import { TextField } from '#web/kit/fields.tsx'
import { t } from './text.ts'

export interface RightName {
  readonly container: string
  readonly voyage: string
  readonly port: string
}

export const NO_RIGHT: RightName = { container: '', voyage: '', port: '' }
const PORT = /^[A-Z]{2}[A-Z0-9]{3}$/

/** Undefined as long as it names none. */
export function namedRight({ container, voyage, port }: RightName): RightName | undefined {
  const name = { container: container.trim(), voyage: voyage.trim(), port: port.trim() }
  return name.container.length >= 4 && name.voyage !== '' && PORT.test(name.port) ? name : undefined
}

export function RightNameFields({ name, onChange }: { readonly name: RightName; readonly onChange: (name: RightName) => void }) {
  return (
    <>
      <TextField
        label={t('rights.container')}
        value={name.container}
        onChange={(container) => onChange({ ...name, container: container.toUpperCase() })}
        isRequired
        maxLength={20}
      />
      <TextField
        label={t('rights.voyage')}
        value={name.voyage}
        onChange={(voyage) => onChange({ ...name, voyage })}
        isRequired
        maxLength={40}
      />
      <TextField
        label={t('rights.port')}
        help={t('rights.portHelp')}
        value={name.port}
        onChange={(port) => onChange({ ...name, port: port.toUpperCase() })}
        isRequired
        maxLength={5}
      />
    </>
  )
}
