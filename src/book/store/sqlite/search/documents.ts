import {
  CLIENT_TEXTS,
  DEAL_TEXTS,
  namesOf,
  type TextFields,
} from '../../../../domain/text-fields.ts'
import { lookedThrough } from '../../search.ts'

/** One kind of record that can be found: its index, and how its text is put together. */
export interface DocumentKind {
  /** The table of the record; `search_` and its name is the index. */
  table: 'clients' | 'deals' | 'interactions' | 'tasks'
  /** The columns of the index, and the text of each, for a row of the table that goes by `r`. */
  columns: Record<string, string>
  /** The details of the record: rows of other tables whose text is part of it, and how they lead to it. */
  parts: { table: string; owner: string }[]
  /** Records without any text are left out. */
  where: string
}

const lines = (value: string, from: string): string =>
  `coalesce((SELECT group_concat(${value}, char(10)) FROM ${from}), '')`

const joined = (...parts: string[]): string => parts.join(' || char(10) || ')

const prose = (fields: TextFields<string>): string[] =>
  namesOf(fields, 'prose', 'personal').map((name) => `coalesce(${lookedThrough(`r.${name}`)}, '')`)

/** What `funnel find` looks through. Names, people and addresses are `name`; all else is `note`. */
export const DOCUMENTS: readonly DocumentKind[] = [
  {
    table: 'clients',
    columns: {
      name: joined(
        'r.name',
        "coalesce(r.ref, '')",
        lines('value', 'client_aliases WHERE client_id = r.id'),
        lines("name || ' ' || coalesce(role, '')", 'contacts WHERE client_id = r.id'),
        lines(
          "iif(key = value, key, value || ' ' || key)",
          'contact_points WHERE client_id = r.id',
        ),
      ),
      note: joined(
        ...prose(CLIENT_TEXTS),
        lines(lookedThrough('note'), 'contacts WHERE client_id = r.id'),
        lines(lookedThrough('value'), 'client_properties WHERE client_id = r.id'),
      ),
    },
    parts: ['client_aliases', 'contacts', 'contact_points', 'client_properties'].map((table) => ({
      table,
      owner: 'client_id',
    })),
    where: 'true',
  },
  {
    table: 'deals',
    columns: {
      name: joined('r.title', "coalesce(r.ref, '')"),
      note: joined(
        ...prose(DEAL_TEXTS),
        lines(lookedThrough('note'), 'events WHERE deal_id = r.id'),
        lines(lookedThrough('value'), 'deal_properties WHERE deal_id = r.id'),
      ),
    },
    parts: [
      { table: 'events', owner: 'deal_id' },
      { table: 'deal_properties', owner: 'deal_id' },
    ],
    where: 'true',
  },
  {
    table: 'interactions',
    columns: { note: lookedThrough('r.text') },
    parts: [],
    where: 'r.text IS NOT NULL',
  },
  {
    table: 'tasks',
    columns: {
      note: joined(lookedThrough('r.text'), `coalesce(${lookedThrough('r.result')}, '')`),
    },
    parts: [],
    where: 'true',
  },
]

/** The index of a kind of record. */
export function indexOf({ table }: DocumentKind): string {
  return `search_${table}`
}

/** The texts of a record as they go into its index, as SQL. */
export function textsSql({ columns }: DocumentKind): string {
  return Object.values(columns)
    .map((text) => `index_text(${text})`)
    .join(', ')
}

/** The tables whose rows are looked at: records and their details. */
export const SEARCHED: readonly string[] = DOCUMENTS.flatMap(({ table, parts }) => [
  table,
  ...parts.map((part) => part.table),
])
