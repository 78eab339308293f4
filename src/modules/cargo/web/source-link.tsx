/** From a value to the bytes it was read from. */
import { useState } from 'react'
import { Dialog } from '#web/kit/dialog.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { type Pointer, showSource } from '../contract.ts'
import { t } from './text.ts'

export function SourceLink({ at, label }: { readonly at: Pointer; readonly label: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="linklike" onClick={() => setOpen(true)} aria-label={`${t('source.show')}: ${label}`}>
        {t('source.show')}
      </button>
      {isOpen ? <SourceDialog at={at} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function SourceDialog({ at, onClose }: { readonly at: Pointer; readonly onClose: () => void }) {
  const { document, segment, element, start, end } = at
  const source = useCall(showSource, { document, start, end })
  return (
    <Dialog title={t('source.title', { segment, element })} isOpen onClose={onClose}>
      <Reading query={source}>
        {({ before, text, after }) => (
          // biome-ignore lint: a region that scrolls must be reachable by keyboard
          <pre className="source mono" tabIndex={0}>
            {before}
            <mark>{text}</mark>
            {after}
          </pre>
        )}
      </Reading>
      <p className="muted">{t('source.bytes', { start, end, document: document.slice(0, 12) })}</p>
    </Dialog>
  )
}
