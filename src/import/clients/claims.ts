import type { Store } from '../../book/store/store.ts'
import type { ClientDraft } from './draft.ts'
import { KeyTable } from './key-table.ts'

/** Which clients the rows of a file stood for so far. */
export interface Claims {
  has: (client: number) => boolean
  /** Did the file add it? */
  isOfFile: (client: number) => boolean
  add: (client: number) => void
  /** Keeps what a row says, so that the same row again is the same client. */
  keepRow: (draft: ClientDraft, client: number) => void
  /** The client of an earlier row that said exactly the same. */
  rowAgain: (draft: ClientDraft) => number | undefined
}

/** The clients that a file adds are its own; for those that were there before, one byte each is kept. */
export function claimBook(store: Store): Claims {
  const last = store.prepare('SELECT coalesce(max(id), 0) FROM clients').pluck().get() as number
  const claimed = new Uint8Array(last + 1)
  const rows = new KeyTable()
  return {
    isOfFile: (client) => client > last,
    has: (client) => client > last || claimed[client] === 1,
    add(client) {
      if (client <= last) claimed[client] = 1
    },
    keepRow: (draft, client) => rows.add(JSON.stringify(draft), client),
    rowAgain: (draft) => rows.get(JSON.stringify(draft)),
  }
}
