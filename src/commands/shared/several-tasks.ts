import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import type { Day } from '../../domain/day.ts'
import { counted } from '../../domain/text.ts'
import type { Moment } from '../../records/moment.ts'
import { findTask, type FoundTask } from '../../records/tasks.ts'
import { oneOrNumbers } from './several.ts'

/** How tasks are changed, and what is said of it. */
interface Changing {
  on?: Day | undefined
  wanted?: 'open' | 'any'
  /** `dropped`, before the task or how many there are. */
  done: string
  /** What the number is called in JSON. */
  key: string
}

/**
 * Changes one task by name, or several by number, in one operation.
 * @param change what is done to each; it may return a line on what comes next.
 */
export function changeTasks(
  context: Context,
  texts: readonly string[],
  { on, wanted, done, key }: Changing,
  change: (db: Db, task: FoundTask, moment: Moment) => Promise<string | undefined | void>,
): Promise<unknown> {
  return context.change({ on }, async (db, moment) => {
    const tasks: FoundTask[] = []
    const lines: string[] = []
    for (const text of oneOrNumbers(texts)) {
      const task = await findTask(db, text, wanted)
      const line = await change(db, task, moment)
      if (line !== undefined) lines.push(line)
      tasks.push(task)
    }
    const [first] = tasks
    const one = tasks.length === 1 && first
    return {
      summary: one
        ? `${done} task ${first.id} (${first.text})`
        : `${done} ${counted(tasks.length, 'task')}`,
      result: { [key]: one ? first.id : tasks.map(({ id }) => id) },
      next: lines.length > 0 ? lines.join('\n') : undefined,
    }
  })
}
