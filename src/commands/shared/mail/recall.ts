import type { Recall } from '../../../book/undo.ts'
import { Fault } from '../../../domain/fault.ts'
import { openOutbox } from '../../../mail/outbox.ts'

/**
 * How the mails of an operation that is undone are kept from leaving.
 * @param book the file of the book.
 */
export function mailRecall(book: string): {
  recall: Recall
  /** The operation is undone: its mails go. */
  done: () => void
  /** Lets others send again. */
  end: () => void
} {
  const outbox = { opened: null as ReturnType<typeof openOutbox>, release: (): void => undefined }
  let recalled: readonly string[] = []
  return {
    recall(mails) {
      outbox.opened = openOutbox(book, true)
      const found = outbox.opened?.recall(mails) ?? null
      if (found === null) {
        throw new Fault('failed', 'mail is being sent at this moment', 'try again when it is done')
      }
      outbox.release = found.release
      recalled = mails
      if (found.gone === 0) return null
      const what =
        mails.length === 1 ? 'its mail has' : `${found.gone} of its ${mails.length} mails have`
      return {
        why: `${what} left the outbox`,
        instead: 'what was sent stays sent; write to the client',
      }
    },
    done: () => outbox.opened?.discard(recalled),
    end() {
      outbox.release()
      outbox.opened?.close()
    },
  }
}
