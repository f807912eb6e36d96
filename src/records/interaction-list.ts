import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { valuesOf } from '../book/store/sql.ts'
import { isAssigned } from '../book/unassigned.ts'
import type { Db } from '../book/store/db.ts'
import type { InteractionKind } from '../book/schema/work.ts'
import type { Locale } from '../domain/locale.ts'
import { nameKey } from '../domain/name.ts'
import type { Period } from '../domain/period.ts'
import type { ClientTest } from './choose/index.ts'
import { inOrderOf, orderedIds, type SortKey } from './list-order.ts'

/** Which interactions a list shows. */
export interface InteractionFilter {
  clientId?: number | null
  dealId?: number | null
  ownerId?: number | null
  kind?: InteractionKind | undefined
  period?: Period | undefined
  /** Only those with all of these words in their text, client, person or deal. */
  words?: string | undefined
  /** Only those with clients that pass it. */
  clients?: ClientTest | undefined
  sorting?: readonly SortKey[]
  limit?: number | undefined
  /** The language by which names are sorted; null for the order of most languages. */
  locale?: Locale | null
}

function testsOf(filter: InteractionFilter): RawBuilder<SqlBool>[] {
  const { clientId, dealId, ownerId, kind, period, clients } = filter
  const { from = null, to = null } = period ?? {}
  return [
    ...(clientId == null ? [] : [sql<SqlBool>`i.client_id = ${clientId}`]),
    ...(dealId == null ? [] : [sql<SqlBool>`i.deal_id = ${dealId}`]),
    ...(ownerId == null ? [] : [isAssigned('i.owner_id', ownerId)]),
    ...(kind === undefined ? [] : [sql<SqlBool>`i.kind = ${kind}`]),
    ...(from === null ? [] : [sql<SqlBool>`i.at >= ${from}`]),
    ...(to === null ? [] : [sql<SqlBool>`i.at <= ${to}`]),
    ...(clients
      ? [sql<SqlBool>`i.client_id IN (SELECT cc.id FROM clients AS cc WHERE ${clients('cc')})`]
      : []),
  ]
}

/** The latest first; within a day those without a time of day before the others, as in the story of a client. */
const USUAL_ORDER: SortKey[] = [
  { value: sql`i.at`, as: 'plain', descending: true },
  { value: sql`coalesce(i.time, '99:99')`, as: 'plain', descending: true },
  { value: sql`i.id`, as: 'plain', descending: true },
]

/** How many interactions are looked through at a time. */
const AT_ONCE = 5000

/** The numbers of the interactions that have some words; they are folded here. */
async function withWords(db: Db, words: string, tests: readonly RawBuilder<SqlBool>[]) {
  const wanted = nameKey(words).split(' ')
  const found: number[] = []
  for (let last = 0; ;) {
    const rows = await tests
      .reduce((some, test) => some.where(test), db.selectFrom('interactions as i'))
      .innerJoin('clients as c', 'c.id', 'i.client_id')
      .leftJoin('contacts as k', 'k.id', 'i.contact_id')
      .leftJoin('deals as d', 'd.id', 'i.deal_id')
      .select(['i.id', 'i.text', 'c.name_key as client'])
      .select(['k.name_key as contact', 'd.title_key as deal'])
      .where('i.id', '>', last)
      .orderBy('i.id')
      .limit(AT_ONCE)
      .execute()
    for (const { id, text, client, contact, deal } of rows) {
      const all = [nameKey(text ?? ''), client, contact ?? '', deal ?? '']
      if (wanted.every((word) => all.some((part) => part.includes(word)))) found.push(id)
    }
    if (rows.length < AT_ONCE) return found
    last = rows.at(-1)?.id ?? last
  }
}

/** The numbers of the interactions of a list, in the order asked for, then the latest first. */
export async function interactionIds(db: Db, filter: InteractionFilter): Promise<number[]> {
  const { sorting = [], limit, locale = null, words = '' } = filter
  const tests = testsOf(filter)
  if (words !== '') {
    tests.push(sql`i.id IN ${valuesOf(await withWords(db, words, tests))}`)
  }
  const query = tests.reduce((some, test) => some.where(test), db.selectFrom('interactions as i'))
  return orderedIds(query, 'i.id', [...sorting, ...USUAL_ORDER], { limit, locale })
}

/** Interactions by their numbers and in their order, with the names of what they are about. */
export async function interactionsOf(db: Db, ids: readonly number[]) {
  const rows = await db
    .selectFrom('interactions as i')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .leftJoin('contacts as k', 'k.id', 'i.contact_id')
    .leftJoin('deals as d', 'd.id', 'i.deal_id')
    .leftJoin('owners as o', 'o.id', 'i.owner_id')
    .select([
      'i.id',
      'i.at',
      'i.time',
      'i.minutes',
      'i.kind',
      'i.direction',
      'i.result',
      'c.name as client',
      'k.name as contact',
      'd.title as deal',
      'i.text',
      'o.name as owner',
      'i.client_id',
      'i.deal_id',
    ])
    .where(sql<boolean>`i.id IN ${valuesOf(ids)}`)
    .execute()
  return inOrderOf(ids, rows, ({ id }) => id)
}
