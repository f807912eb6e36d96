import type { Kysely } from 'kysely'
import type { Tables } from '../schema/index.ts'

/** Typed queries: the first argument of every function that reads or changes the book. */
export type Db = Kysely<Tables>
