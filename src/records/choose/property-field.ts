import { sql } from 'kysely'
import { bookLocale } from '../../book/locale.ts'
import type { Db } from '../../book/store/db.ts'
import type { Condition } from '../../domain/condition.ts'
import type { Locale } from '../../domain/locale.ts'
import { quoted } from '../../domain/plain-text.ts'
import { type Compared, compareValues } from '../../domain/property-values.ts'
import { counted } from '../../domain/text.ts'
import { find } from '../lookup.ts'
import { propertyType } from '../properties.ts'
import { among, anyOf, column, type Compile, splitNone, type Truth } from './test.ts'

/** Who has properties, and in which table and column they are. */
const HOLDERS = {
  client: { table: 'client_properties', by: 'client_id' },
  deal: { table: 'deal_properties', by: 'deal_id' },
} as const

/** How many values that could not be compared to list. */
const NAMED = 3

/** Says for how many records a property could not be compared; “soon” is not more than 10. */
async function unreadNote(
  db: Db,
  of: keyof typeof HOLDERS,
  { id, name }: { id: number; name: string },
  { unread, as }: Compared,
): Promise<string | null> {
  if (unread.length === 0) return null
  const { rows } = await sql<{
    n: number
  }>`SELECT count(*) AS n FROM ${sql.table(HOLDERS[of].table)}
    WHERE property_id = ${id} AND ${among(sql.ref('value'), unread)}`.execute(db)
  const shown = unread.slice(0, NAMED).map(quoted).join(', ')
  const more = unread.length > NAMED ? ' …' : ''
  const whose = counted(rows[0]?.n ?? 0, of)
  const what = as === 'choice' ? 'one of its choices' : `a ${as}`
  return `left out: ${whose} whose ${name} is not ${what} (${shown}${more})`
}

/** Where decimals begin with a comma, `950,50` is one number and not two. */
function inLocale(condition: Condition, locale: Locale | null): Condition {
  const { whole } = condition
  return whole === undefined || locale?.decimal !== ','
    ? condition
    : { ...condition, values: [whole] }
}

/** A value that a client or a deal has besides its own fields, compared as what its property is. */
export function propertyField(of: keyof typeof HOLDERS): Compile {
  const { table, by } = HOLDERS[of]
  return async (db, condition, today, aids) => {
    const found = await find(db, 'property', condition.property ?? '')
    const { id } = found
    const rows = await db
      .selectFrom(table as 'client_properties')
      .select('value')
      .distinct()
      .where('property_id', '=', id)
      .execute()
    const positive = condition.operator === '!=' ? '=' : condition.operator
    const locale = await bookLocale(db)
    const { known } = splitNone(inLocale(condition, locale))
    const own = rows.map(({ value }) => value)
    const type = await propertyType(db, id)
    const compared = compareValues(own, positive, known, { locale, today, type })
    const said = known.length > 0 ? await unreadNote(db, of, found, compared) : null
    if (said !== null) aids?.note?.(said)
    const all = sql`SELECT ${sql.ref(by)} FROM ${sql.table(table)} WHERE property_id = ${id}`
    const having = (record: string, which: Truth): Truth =>
      sql`(${column(record, 'id')} IN (${all} AND ${which}))`
    return (record) =>
      anyOf(condition, having(record, sql`true`), () =>
        having(record, among(sql.ref('value'), compared.fitting)),
      )
  }
}
