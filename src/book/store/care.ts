/** What keeps a book sound: what `funnel doctor` finds and repairs, and what an erasure leaves behind. */
export interface Care {
  /** What is wrong with the file itself and, separately, with the indexes of `funnel find`. */
  damage: () => { ofFile: string[]; ofSearch: string[] }
  /** Is the file damaged? A quick look, that ends with the first thing that is wrong. */
  isDamaged: () => boolean
  /** Tables, indexes and triggers that are not those of a new book. */
  schemaFindings: () => string[]
  lacksTables: () => boolean
  /** Does the book have exactly what a new one has? */
  isOwnSchema: () => boolean
  /** Rows that refer to missing ones. */
  orphans: () => string[]
  /** What the journal of changes lacks. */
  journalFindings: () => string[]
  /**
   * Compares the indexes of `funnel find` with the records and rebuilds those that are wrong.
   * @param damage what `damage` said about them.
   */
  searchFindings: (damage: readonly string[]) => string[]
  /** Deals whose opening day an earlier release made up: their numbers, in order. */
  madeUpDays: () => number[]
  /**
   * Holds the book for work that rewrites derived data, without journaling it, since nobody entered it.
   * Made-up days are marked first; the schema is repaired afterwards.
   */
  mend: (work: () => Promise<void>) => Promise<void>
  /** Overwrites whatever is deleted from now on. */
  overwriteRemoved: () => void
  /**
   * Rewrites the book without the space left by removed rows, and empties the log next to it.
   * @returns false if another program has it open.
   */
  compact: () => boolean
}
