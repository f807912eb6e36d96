import path from 'node:path'
import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { runExamination, type ReportedFault, usualLimit } from '../examine-apart.ts'
import { type BookFacts, type Examination, verifyFile, verifyKnown } from '../store/kind.ts'

export { verifyFile }

/** The result from another process. */
export type Verified = { facts: BookFacts } | { fault: ReportedFault }

async function verifiedApart(
  file: string,
  name: string,
  examination: Examination,
  limit: number,
): Promise<BookFacts> {
  let text = ''
  const request = { file: path.resolve(file), name, examination }
  const late = await runExamination(request, limit, (piece) => {
    text += piece
    return false
  })
  if (!text.endsWith('\n')) {
    const why = late ? `within ${counted(limit, 'second')}` : 'to the end'
    const hint = 'take out of it what funnel did not make: funnel doctor --book FILE names that'
    throw new Fault('book', `${name} could not be checked ${why}`, hint)
  }
  const answer = JSON.parse(text) as Verified
  if ('facts' in answer) return answer.facts
  const { code, message, hint } = answer.fault
  throw new Fault(code, message, hint)
}

/**
 * Examines a file as `verifyFile` does, in a process of its own if it contains anything that this program did
 * not make: a condition of such a table may take forever to evaluate.
 * @param name the file's name in messages.
 * @param limit how long that may take, in seconds; by default, the most a book of its size needs.
 * @throws Fault `book` if it is not a book, not sound, or takes far longer than a book of its size.
 */
export async function verifyInTime(
  file: string,
  name: string,
  examination: Examination,
  limit = usualLimit(file),
): Promise<BookFacts> {
  return verifyKnown(file, name, examination) ?? verifiedApart(file, name, examination, limit)
}
