import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'

export interface ButtonProps {
  readonly children: ReactNode
  readonly kind?: 'primary' | 'plain' | 'danger'
  readonly type?: 'button' | 'submit'
  readonly isDisabled?: boolean
  readonly onPress?: () => void
  readonly label?: string
}

export function Button({ children, kind = 'plain', type = 'button', isDisabled = false, onPress, label }: ButtonProps) {
  return (
    <AriaButton
      className={`button ${kind}`}
      type={type}
      isDisabled={isDisabled}
      {...(onPress === undefined ? {} : { onPress })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </AriaButton>
  )
}
