/** What a person should know of cells that were read as empty: those with errors, and formulas without results. */
export function emptyCellNotes(errors: number, formulas: number): string[] {
  const notes: string[] = []
  if (errors > 0) {
    const cells = errors === 1 ? '1 cell holds an error' : `${errors} cells hold errors`
    const were = errors === 1 ? 'it was' : 'they were'
    notes.push(`${cells} such as #REF!; ${were} read as empty`)
  }
  if (formulas > 0) notes.push(formulaNote(formulas))
  return notes
}

function formulaNote(cells: number): string {
  const what =
    cells === 1
      ? '1 cell holds a formula without its result; it was read as empty'
      : `${cells} cells hold a formula without its result; they were read as empty`
  return `${what}: open the file in a spreadsheet program and save it`
}
