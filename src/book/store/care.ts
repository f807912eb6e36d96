/** What keeps a book sound: what `funnel doctor` finds and mends, and what an erasing leaves behind. */
export interface Care {
  /** What is wrong with the file itself, and apart from it with the indexes of `funnel find`. */
  damage: () => { ofFile: string[]; ofSearch: string[] }
  /** Tables, indexes and triggers that are not those of a new book. */
  schemaFindings: () => string[]
  lacksTables: () => boolean
  /** Does the book hold exactly what a new one does? */
  isOwnSchema: () => boolean
  /** Rows that refer to others which are not there. */
  orphans: () => string[]
  /** What the journal of changes lacks. */
  journalFindings: () => string[]
  /**
   * Compares the indexes of `funnel find` with the records and rebuilds those that are not as they
   * should be.
   * @param damage what `damage` said of them.
   */
  searchFindings: (damage: readonly string[]) => string[]
  /** Deals whose opening day an earlier release made up: their numbers, in order. */
  madeUpDays: () => number[]
  /**
   * Holds the book for work that rewrites what follows from other rows, unjournaled, since it is
   * nothing that anybody entered. Made-up days are marked before; the schema is mended after.
   */
  mend: (work: () => Promise<void>) => Promise<void>
  /** What is removed from now on is overwritten. */
  overwriteRemoved: () => void
  /**
   * Rewrites the book without the space that removed rows have left, and empties the log next to it.
   * @returns false where another program has it open.
   */
  compact: () => boolean
}
