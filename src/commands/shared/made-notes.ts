import type { MadeDocument } from '../../documents/maker.ts'

/** What the person who makes a document should know of it: letters that it lacks, and why it has no payment code. */
export function madeNotes({ missing, noCode }: Pick<MadeDocument, 'missing' | 'noCode'>): string[] {
  return [
    ...(missing.length === 0 ? [] : [`letters that no font has stand as □: ${missing.join(', ')}`]),
    ...(noCode === null ? [] : [`no payment code: ${noCode}`]),
  ]
}
