import { Fault } from '../domain/fault.ts'
import { quoted } from '../domain/plain-text.ts'

/** The fault of a row that needs a day and has none. @param said what is in the cell of the day. */
export function noDay(said: string | null): Fault {
  const why = said === null ? 'the row has no date' : `the date ${quoted(said)} stands for none`
  return new Fault('usage', why)
}
