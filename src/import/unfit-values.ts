import { bookLocale } from '../book/locale.ts'
import type { PropertyKind } from '../book/schema/clients.ts'
import type { Db } from '../book/store/db.ts'
import { nameKey } from '../domain/name.ts'
import { quoted } from '../domain/plain-text.ts'
import { kindText, type PropertyType, unfitting } from '../domain/property-values.ts'
import { counted } from '../domain/text.ts'
import { unfitValues } from '../records/property-kinds.ts'
import { toPropertyType } from '../records/properties.ts'
import { rowsText } from './left-alone.ts'
import type { Proposal } from './map/target.ts'
import type { Cells } from './row-cells.ts'

/** Values of a property in the file that are not what the property is said to be. They are kept as they are. */
export interface UnfitCells {
  property: string
  kind: PropertyKind
  cells: number
  /** The first rows that have one. */
  rows: number[]
  sample: string
}

/** Gathers such values while rows are read. */
export interface UnfitCollector {
  see: (row: number, cells: Cells) => void
  found: () => Promise<{ unfit: UnfitCells[]; notes: string[] }>
}

/** How many different values of a property are remembered, and how many are named. */
const MOST = 1000
const NAMED = 3
const ROWS = 6

interface Watched {
  id: number
  name: string
  type: NonNullable<PropertyType>
  values: Map<string, { cells: number; rows: number[] }>
}

async function watchedIn(db: Db, columns: readonly Proposal[]): Promise<Map<string, Watched>> {
  const keys = columns.flatMap(({ target }) =>
    target.to === 'property' ? nameKey(target.name) : [],
  )
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('properties')
    .select(['id', 'name', 'name_key', 'kind', 'choices'])
    .where('kind', 'is not', null)
    .execute()
  return new Map(
    rows.flatMap(({ id, name, name_key: key, kind, choices }): [string, Watched][] => {
      const type = toPropertyType(kind, choices)
      if (type === null || type.kind === 'text' || !keys.includes(key)) return []
      return [[key, { id, name, type, values: new Map() }]]
    }),
  )
}

/** The values of one property that do not fit, among all that the book has of it. */
async function settled(db: Db, { id, name, type, values }: Watched) {
  const unfit = new Set((await unfitValues(db, id)).map(({ value }) => value))
  const found = [...values].filter(([value]) => unfit.has(value))
  const [first] = found
  if (!first) return null
  const cells = found.reduce((sum, [, one]) => sum + one.cells, 0)
  const rows = found.flatMap(([, one]) => one.rows).toSorted((a, b) => a - b)
  const named = found.slice(0, NAMED).map(([value]) => quoted(value))
  const note =
    `${counted(cells, 'value')} of ${name} ${cells === 1 ? 'is' : 'are'} not ${kindText(type)}, and kept as ` +
    `written (${rowsText(rows)}): ${named.join(', ')}${found.length > NAMED ? ' …' : ''}`
  const what = { property: name, kind: type.kind, cells, rows: rows.slice(0, ROWS) }
  return { unfit: { ...what, sample: first[0] }, note }
}

/** Watches the columns that are read as properties whose kind somebody has said. */
export async function unfitCollector(
  db: Db,
  columns: readonly Proposal[],
): Promise<UnfitCollector | null> {
  const watched = await watchedIn(db, columns)
  if (watched.size === 0) return null
  const locale = await bookLocale(db)
  return {
    see(row, cells) {
      for (const { name, value } of cells.properties()) {
        const property = watched.get(nameKey(name))
        if (!property) continue
        const { type, values } = property
        const known = values.get(value)
        if (known) {
          known.cells += 1
          if (known.rows.length < ROWS) known.rows.push(row)
        } else if (values.size < MOST && unfitting([value], type, locale).length > 0) {
          values.set(value, { cells: 1, rows: [row] })
        }
      }
    },
    async found() {
      const all = await Promise.all([...watched.values()].map((one) => settled(db, one)))
      const some = all.filter((one) => one !== null)
      return { unfit: some.map(({ unfit }) => unfit), notes: some.map(({ note }) => note) }
    },
  }
}
