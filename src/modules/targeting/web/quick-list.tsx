/** A short list of answers in a dialog, each with its digit: one press decides. Only what needs a note asks for more. */
import { useEffect } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'

export interface QuickAnswer {
  readonly id: string
  readonly label: string
}

export interface QuickListProps {
  readonly title: string
  readonly answers: readonly QuickAnswer[]
  readonly onAnswer: (id: string) => void
  readonly onClose: () => void
}

export function QuickList({ title, answers, onAnswer, onClose }: QuickListProps) {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const answer = answers[Number(event.key) - 1]
      if (answer === undefined) return
      event.preventDefault()
      onAnswer(answer.id)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [answers, onAnswer])
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <ol className="plain quick">
        {answers.map(({ id, label }, at) => (
          <li key={id}>
            <Button onPress={() => onAnswer(id)}>
              <kbd>{at + 1}</kbd> {label}
            </Button>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
