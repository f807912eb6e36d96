import type { Kysely } from 'kysely'
import type { Tables } from '../schema/index.ts'

/** Typed queries: what every function that reads or changes the book takes first. */
export type Db = Kysely<Tables>
