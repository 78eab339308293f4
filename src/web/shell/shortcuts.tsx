/** Single-key shortcuts, off while somebody types, and to be switched off altogether (WCAG 2.1.4). */
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../kit/dialog.tsx'
import { Checkbox } from '../kit/fields.tsx'
import { useGo } from '../navigate.tsx'
import { t } from '../text.ts'

export interface Shortcut {
  readonly key: string
  readonly label: string
  readonly path: string
}

const SWITCH = 'breakwater.shortcuts'
const SECOND_KEY_MS = 1500

/** For pages that have a key of their own. */
export function areShortcutsOn(): boolean {
  return localStorage.getItem(SWITCH) !== 'off'
}

/** The key is for a field, a dialog or the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  if (event.ctrlKey || event.metaKey || event.altKey) return true
  if (target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))) return true
  return document.querySelector('[role="dialog"]') !== null
}

export function useShortcuts(
  shortcuts: readonly Shortcut[],
  onHelp: () => void,
): { readonly isOn: boolean; readonly set: (on: boolean) => void } {
  const [isOn, setOn] = useState(areShortcutsOn)
  const armed = useRef(0)
  const go = useGo()
  useEffect(() => {
    if (!isOn) return
    const listen = (event: KeyboardEvent): void => {
      if (isTyping(event)) return
      if (event.key === '?') {
        onHelp()
        return
      }
      if (event.key === 'g') {
        armed.current = Date.now()
        return
      }
      const wanted = shortcuts.find((each) => each.key === event.key)
      if (wanted === undefined || Date.now() - armed.current > SECOND_KEY_MS) return
      armed.current = 0
      event.preventDefault()
      go(wanted.path)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isOn, shortcuts, onHelp, go])
  return {
    isOn,
    set: (on) => {
      localStorage.setItem(SWITCH, on ? 'on' : 'off')
      setOn(on)
    },
  }
}

export interface ShortcutHelpProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly shortcuts: readonly Shortcut[]
  readonly isOn: boolean
  readonly onSwitch: (on: boolean) => void
}

export function ShortcutHelp({ isOpen, onClose, shortcuts, isOn, onSwitch }: ShortcutHelpProps) {
  return (
    <Dialog title={t('keys.title')} isOpen={isOpen} onClose={onClose}>
      <Checkbox label={t('keys.enabled')} isSelected={isOn} onChange={onSwitch} />
      <dl className="keys">
        {shortcuts.map(({ key, label }) => (
          <div key={key}>
            <dt>
              <kbd>{t('keys.go', { key })}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{t('keys.help')}</dd>
        </div>
      </dl>
      <p>{t('keys.table')}</p>
    </Dialog>
  )
}
