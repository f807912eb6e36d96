import type { Db } from '../../book/store/db.ts'
import { activeStages, loadProcess } from '../../records/processes.ts'
import { rowsText } from './remarks.ts'

/** Gathers the open deals whose row names no stage, to report which one they got. */
export function unnamedStages(db: Db) {
  const seen = new Map<string, { process: number; word: string | null; rows: number[] }>()
  return {
    /** @param word the word for “open” that is the stage's name; null if it is the first one. */
    add(process: number, word: string | null, row: number): void {
      const key = `${process} ${word ?? ''}`
      const unnamed = seen.get(key) ?? { process, word, rows: [] }
      unnamed.rows.push(row)
      seen.set(key, unnamed)
    },
    async notes(): Promise<string[]> {
      const notes: string[] = []
      for (const { process: id, word, rows } of seen.values()) {
        const process = await loadProcess(db, id)
        const stage = word ?? activeStages(process)[0]?.name
        if (stage === undefined) continue
        const deals = rows.length === 1 ? '1 open deal is' : `${rows.length} open deals are`
        const why =
          word === null ? 'its first stage, for want of one in the file' : 'as the file says'
        notes.push(`${deals} in ${stage} of ${process.name}, ${why} (${rowsText(rows)})`)
      }
      return notes
    },
  }
}
