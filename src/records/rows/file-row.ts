/** The file that a record came from, and the row there. */
export interface FileRow {
  importId: number
  row: number
}

/** Where a record came from, in the columns of the book; null for one that was typed. */
export function fileColumns(origin: FileRow | undefined) {
  return { import_id: origin?.importId ?? null, import_row: origin?.row ?? null }
}
