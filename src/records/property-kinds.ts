import { bookLocale } from '../book/locale.ts'
import type { PropertyKind } from '../book/schema/clients.ts'
import type { Db } from '../book/store/db.ts'
import { sql } from 'kysely'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName } from '../domain/name.ts'
import { unfitting } from '../domain/property-values.ts'
import { nameColumns, nameTaken, nothingToChange } from './dictionaries.ts'
import type { Named } from './lookup.ts'
import { propertyType, toPropertyType } from './properties.ts'
import { renaming } from './saved-names.ts'

/** A property, what its values are, and how many clients and deals have one. */
export interface PropertyLine extends Named {
  kind: PropertyKind | null
  choices: string[]
  clients: number
  deals: number
}

/** The properties of the book, by name. */
export async function listProperties(db: Db): Promise<PropertyLine[]> {
  const counted = (table: string) => sql<number>`(
    SELECT count(*) FROM ${sql.table(table)} AS v WHERE v.property_id = p.id)`
  const rows = await db
    .selectFrom('properties as p')
    .select(['p.id', 'p.name', 'p.kind', 'p.choices'])
    .select([counted('client_properties').as('clients'), counted('deal_properties').as('deals')])
    .orderBy('p.name_key')
    .execute()
  return rows.map((row) => {
    const type = toPropertyType(row.kind, row.choices)
    return { ...row, choices: type?.kind === 'choice' ? [...type.choices] : [] }
  })
}

/** What is to change about a property; null for a kind that nobody has said. */
export interface PropertyChange {
  name?: string | undefined
  kind?: PropertyKind | null | undefined
  /** Choices to be added. */
  choices?: readonly string[] | undefined
  /** Choices to be taken out; values that are there stay. */
  without?: readonly string[] | undefined
}

/** The choices of a property after a change; in the order in which they were given. */
async function choicesAfter(
  db: Db,
  property: Named,
  { choices = [], without = [] }: PropertyChange,
): Promise<string[]> {
  const type = await propertyType(db, property.id)
  const before = type?.kind === 'choice' ? type.choices : []
  const gone = new Set(without.map(nameKey))
  const missing = without.find((text) => !before.some((one) => nameKey(one) === nameKey(text)))
  if (missing !== undefined) {
    const hint = before.length === 0 ? 'it has none' : `it has: ${before.join(', ')}`
    throw new Fault('not-found', `${property.name} has no choice “${missing}”`, hint)
  }
  const all = [...before.filter((one) => !gone.has(nameKey(one))), ...choices.map(tidyName)]
  const seen = new Set<string>()
  return all.filter((one) => one !== '' && !seen.has(nameKey(one)) && seen.add(nameKey(one)))
}

/**
 * Changes what a property is called, and what its values are.
 * @throws Fault `usage` if the name is taken, or a choice has nothing to choose from.
 */
export async function editProperty(db: Db, property: Named, change: PropertyChange): Promise<void> {
  const { name, kind } = change
  const asksChoices = (change.choices ?? change.without) !== undefined
  if (name === undefined && kind === undefined && !asksChoices) throw nothingToChange('property')
  if (asksChoices && kind !== undefined && kind !== 'choice') {
    throw new Fault(
      'usage',
      `--choice does not go with --kind ${kind ?? 'none'}`,
      'give --kind choice',
    )
  }
  const isChoice = asksChoices || kind === 'choice'
  const choices = isChoice ? await choicesAfter(db, property, change) : []
  if (isChoice && choices.length === 0) {
    const hint = `give them: funnel property edit "${property.name}" --choice A --choice B`
    throw new Fault('usage', `a choice needs values to choose from`, hint)
  }
  const set = {
    ...(name === undefined ? {} : nameColumns(name)),
    ...(isChoice
      ? { kind: 'choice' as const, choices: JSON.stringify(choices) }
      : kind === undefined
        ? {}
        : { kind, choices: null }),
  }
  const write = async (): Promise<void> => {
    try {
      await db.updateTable('properties').set(set).where('id', '=', property.id).execute()
    } catch (error) {
      throw nameTaken(error, 'property', name ?? property.name)
    }
  }
  await (name === undefined ? write() : renaming(db, 'property', property.id, write))
}

/** A value that is not what its property is, and how many clients and deals have it. */
export interface Unfit {
  value: string
  records: number
}

/** The values of a property that are not what it is said to be, those of most records first. */
export async function unfitValues(db: Db, id: number): Promise<Unfit[]> {
  const type = await propertyType(db, id)
  if (type === null) return []
  const { rows } = await sql<Unfit>`SELECT value, count(*) AS records FROM (
      SELECT value FROM client_properties WHERE property_id = ${id}
      UNION ALL SELECT value FROM deal_properties WHERE property_id = ${id}) AS v
    GROUP BY value ORDER BY count(*) DESC, value`.execute(db)
  const unfit = new Set(
    unfitting(
      rows.map(({ value }) => value),
      type,
      await bookLocale(db),
    ),
  )
  return rows.filter(({ value }) => unfit.has(value))
}
