import type { Store } from '../book/store/store.ts'
import type { KnownFile } from './origin.ts'
import type { Writer } from './outcome.ts'

type WriteRow = Writer['write']

/** How rows are written: a refused one leaves nothing behind. */
export function rowWriter(store: Store, writer: Writer, file: KnownFile): WriteRow {
  const { takenBack } = writer
  if (!takenBack) return writer.write
  const begin = store.prepare('SAVEPOINT row')
  const back = store.prepare('ROLLBACK TO row')
  const end = store.prepare('RELEASE row')
  const takeBack = (error: unknown): never => {
    back.run()
    takenBack()
    file.takenBack()
    end.run()
    throw error
  }
  const done = <T>(outcome: T): T => {
    end.run()
    return outcome
  }
  return (cells, origin) => {
    writer.keep?.()
    begin.run()
    let written: ReturnType<WriteRow>
    try {
      written = writer.write(cells, origin)
    } catch (error) {
      return takeBack(error)
    }
    return written instanceof Promise ? written.then(done, takeBack) : done(written)
  }
}
