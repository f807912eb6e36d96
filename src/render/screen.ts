/** What output is written to. */
export interface Screen {
  /** A terminal, or a pipe or file. */
  terminal: boolean
  colour: boolean
  /** May block characters and lines be used? */
  unicode: boolean
  /** Columns; null is no limit. */
  width: number | null
  /** Lines; null is no limit. */
  height: number | null
}
