import { type DragEvent, useRef, useState } from 'react'
import { t } from '../text.ts'
import { Button } from './button.tsx'

/** Files by drag and drop or by the platform's own chooser; both end in the same place. */
export function FileDrop({ label, onFiles }: { readonly label: string; readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null): void => {
    if (files !== null && files.length > 0) onFiles([...files])
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <section
      className={`drop ${isOver ? 'over' : ''}`}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p>{t('file.drop')}</p>
      <Button kind="primary" onPress={() => input.current?.click()}>
        {t('file.pick')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
    </section>
  )
}
