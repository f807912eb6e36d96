import type { Database } from 'better-sqlite3'
import type { Care } from '../care.ts'
import { damageOf, isDamaged, orphansOf } from './integrity.ts'
import { installJournal, missingTriggers } from './journal.ts'
import { madeUpDays, markMadeUpDays } from './made-up-days.ts'
import { isOwnSchema, lacksTables, mendSchema, schemaFindings } from './schema-check.ts'
import { checkSearch, isAboutSearch } from './search/check.ts'
import { isBusy } from './driver.ts'

/** The work runs while the journal ignores derived data; triggers that were missing are rebuilt. */
async function mend(raw: Database, work: () => Promise<void>): Promise<void> {
  raw.exec('BEGIN IMMEDIATE')
  try {
    raw.exec('DROP TRIGGER IF EXISTS journal_deals_update')
    raw.exec('DROP TRIGGER IF EXISTS journal_events_update')
    markMadeUpDays(raw)
    await work()
    installJournal(raw)
    mendSchema(raw)
    raw.exec('COMMIT')
  } catch (error) {
    raw.exec('ROLLBACK')
    throw error
  }
}

function compact(raw: Database): boolean {
  try {
    // The temporary copy is as large as the book, and contains nothing that was erased.
    raw.pragma('temp_store = FILE')
    raw.exec('VACUUM')
    const [{ busy } = { busy: 1 }] = raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return busy === 0
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

/** How a file of SQLite is kept sound. */
export function careOf(raw: Database): Care {
  return {
    damage() {
      const damage = damageOf(raw)
      return {
        ofFile: damage.filter((line) => !isAboutSearch(line)),
        ofSearch: damage.filter(isAboutSearch),
      }
    },
    isDamaged: () => isDamaged(raw),
    schemaFindings: () => schemaFindings(raw),
    lacksTables: () => lacksTables(raw),
    isOwnSchema: () => isOwnSchema(raw),
    orphans: () => orphansOf(raw),
    journalFindings: () => missingTriggers(raw).map((name) => `the trigger ${name} is missing`),
    searchFindings: (damage) => checkSearch(raw, damage),
    madeUpDays: () => madeUpDays(raw),
    mend: (work) => mend(raw, work),
    overwriteRemoved: () => void raw.pragma('secure_delete = ON'),
    compact: () => compact(raw),
  }
}
