import { type Context, shortPath } from '../../cli/context.ts'

/** Says where logs were moved that another file had left next to the name of a book. */
export function saySetAside(context: Context, logs: readonly string[]): void {
  for (const log of logs) {
    const name = shortPath(context.io, log)
    context.say(`a log that another book had left here was put aside: it is now ${name}`)
  }
}
