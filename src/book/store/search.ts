/** How much of a text is searched, in characters. Nobody types more than this. */
const LONGEST = 1_000_000

/** The part of a text that is looked through, as SQL; null stays null. */
export function lookedThrough(text: string): string {
  return `substr(${text}, 1, ${LONGEST})`
}

/** An index of texts, and the column of it where clients and deals have two. */
export interface SearchPlace {
  table: 'clients' | 'deals' | 'interactions' | 'tasks'
  column?: 'name' | 'note' | undefined
}

/** What `funnel find` looks through: indexes of the texts of records, made from their tables. */
export interface Search {
  /**
   * The newest records (highest numbers first) whose text has all trigrams given.
   * @param below only records with lower numbers.
   */
  candidates: (
    place: SearchPlace,
    trigrams: readonly string[],
    limit: number,
    below: number,
  ) => number[]
  /** How many rows have been added, changed or removed since the indexes were last brought up to date. */
  backlog: () => number
  /**
   * Brings the indexes up to date.
   * @returns false if the book cannot be written to now: the indexes are then as they were.
   */
  catchUp: () => boolean
  /** The same inside the current transaction. */
  follow: () => void
  /** Also removes from storage what was removed from the indexes, which otherwise happens later. */
  forget: () => void
}
