import type { Generated } from 'kysely'
import type { ContactPointKind } from '../../domain/contact-point.ts'
import type { Day } from '../../domain/day.ts'
import type { ClientTexts } from '../../domain/text-fields.ts'

export type ClientKind = 'company' | 'person'
/** What the values of a property are. */
export type PropertyKind = 'text' | 'number' | 'day' | 'choice'
export type Consent = 'yes' | 'no' | 'unknown'

/** A company or a person who may buy. */
export interface ClientsTable extends ClientTexts {
  id: Generated<number>
  /** The client's number in the system it came from. */
  ref: string | null
  kind: Generated<ClientKind>
  name: string
  name_key: string
  owner_id: number | null
  source_id: number | null
  /** Whose prices it gets before those for all; null is none. */
  price_list_id: number | null
  /** When it pays; null is as the book does by default. */
  terms_id: number | null
  consent: Generated<Consent>
  added_on: Day
  import_id: number | null
  import_row: number | null
}

/** A person at a client. */
export interface ContactsTable {
  id: Generated<number>
  client_id: number
  name: string
  name_key: string
  role: string | null
  note: string | null
}

/** An e-mail address, phone number or website of a client, or of one of its contacts. */
export interface ContactPointsTable {
  id: Generated<number>
  client_id: number
  contact_id: number | null
  kind: ContactPointKind
  value: string
  key: string
}

/**
 * A name or reference by which a client is also found: that of a client merged into it.
 * The key of a reference is the reference itself.
 */
export interface ClientAliasesTable {
  id: Generated<number>
  client_id: number
  kind: 'ref' | 'name'
  value: string
  key: string
}

/** Tags for clients and deals. */
export interface CategoriesTable {
  id: Generated<number>
  name: string
  name_key: string
}

export interface ClientCategoriesTable {
  id: Generated<number>
  client_id: number
  category_id: number
}

/** The names of the custom values that clients and deals have, and what these values are. */
export interface PropertiesTable {
  id: Generated<number>
  name: string
  name_key: string
  /** Null if nobody has said what its values are. */
  kind: Generated<PropertyKind | null>
  /** The values of a choice, as a JSON list of texts. */
  choices: Generated<string | null>
}

export interface ClientPropertiesTable {
  id: Generated<number>
  client_id: number
  property_id: number
  value: string
}
