import type { Db } from '../../book/store/db.ts'
import { fold } from '../../domain/fold.ts'
import { fitOf } from '../../domain/occurrences.ts'
import { judge, type Judged } from './judge.ts'
import type { FieldText, RecordTexts } from './texts.ts'

/** How many versions are looked through, the latest first, and of how many proposals the clients are read. */
const READ = 20_000
const MOST = 200

const fieldsOf = (number: string, subject: string | null): FieldText[] => [
  { field: 'number', text: number, rank: 0 },
  // With its number, as that is what it is called by.
  ...(subject === null
    ? []
    : [{ field: 'subject', text: `${number}: ${subject}`, rank: 1 as const }]),
]

/**
 * Proposals whose numbers or subjects hold some of the words; the others are of the client. The latest version stands
 * for all of its number.
 * @param isWanted is a record one of those that are searched?
 */
export async function lookInProposals(
  db: Db,
  words: readonly string[],
  isWanted: (record: RecordTexts) => boolean,
): Promise<Judged[]> {
  const versions = await db
    .selectFrom('proposals')
    .select(['id', 'number', 'number_key', 'subject', 'client_id', 'made_on'])
    .orderBy('id', 'desc')
    .limit(READ)
    .execute()
  const numbers = new Map(versions.toReversed().map((version) => [version.number_key, version]))
  const found = [...numbers.values()]
    .map(({ id, number, subject, client_id: clientId, made_on: day }) => {
      const fields = fieldsOf(number, subject)
      const texts = fields.map(({ text }) => fold(text))
      const held = words.filter((word) => texts.some((text) => fitOf(text, word) !== null)).length
      return { id, clientId, day, fields, held }
    })
    .filter(({ held }) => held > 0)
    .toSorted((a, b) => b.held - a.held || b.id - a.id)
    .slice(0, MOST)
  if (found.length === 0) return []
  const clients = await db
    .selectFrom('clients')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(found.map(({ clientId }) => clientId))])
    .execute()
  const names = new Map(clients.map(({ id, name }) => [id, name]))
  return found
    .map(({ held: _, fields, ...one }): RecordTexts => {
      const client = names.get(one.clientId) ?? ''
      return {
        kind: 'proposal',
        ...one,
        client,
        fields: [...fields, { field: 'client', text: client, rank: 2 }],
      }
    })
    .filter(isWanted)
    .flatMap((record) => judge(record, words) ?? [])
}
