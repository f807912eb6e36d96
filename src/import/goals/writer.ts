import { rowAdder, rowChanger } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { goalRow } from '../../records/rows/goal.ts'
import { leftAlone } from '../left-alone.ts'
import type { NameBook } from '../names.ts'
import type { OnDuplicate, Writer } from '../outcome.ts'
import { draftGoal } from './draft.ts'

/** How goals are written. */
interface GoalWriting {
  store: Store
  names: NameBook
  onDuplicate: OnDuplicate
  /** Decimals of the book's currency. */
  digits: number
}

// NULL is not equal to NULL, but two goals without a last day may be the same one.
const SAME = `SELECT id, value FROM goals WHERE coalesce(owner_id, 0) = coalesce(:owner, 0)
  AND measure = :measure AND coalesce(every, '') = coalesce(:every, '')
  AND coalesce(from_day, '') = coalesce(:from, '') AND coalesce(to_day, '') = coalesce(:to, '')`

/** Turns the rows of a list of goals into goals. One of the same owner, measure and days is in the book already. */
export function goalWriter({ store, names, onDuplicate, digits }: GoalWriting): Writer {
  const add = rowAdder(store, 'goals')
  const change = rowChanger(store, 'goals')
  const same = store.prepare(SAME)
  const left = leftAlone(store, 'goals')
  return {
    write(cells, { importId, row }) {
      const { owner, ...goal } = draftGoal(cells, digits)
      const ownerId = names.id('owners', owner)
      const { measure, every, from, to, value } = goal
      const known = same.get({ owner: ownerId, measure, every, from, to }) as
        | { id: number; value: number }
        | undefined
      if (!known) {
        add(goalRow({ ...goal, ownerId }, { importId: importId(), row }))
        return 'created'
      }
      if (onDuplicate === 'error') {
        throw new Fault('usage', `${left.called(known.id)} is this one already`)
      }
      if (onDuplicate === 'skip') return 'skipped'
      if (known.value === value) return 'unchanged'
      if (onDuplicate !== 'update') {
        left.add(row, known.id, ['goal'], cells)
        return 'unchanged'
      }
      importId()
      change(known.id, { value })
      return 'updated'
    },
    takenBack: () => names.forget(),
    finish() {
      const loud = left.notes('value')
      return Promise.resolve({ late: [], notes: [...loud], loud, left: left.found() })
    },
  }
}
