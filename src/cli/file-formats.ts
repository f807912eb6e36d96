import type { ClientRecord } from '../domain/client-record.ts'
import type { LongTable, Report } from '../domain/table.ts'
import type { TaskRecord } from '../domain/task-record.ts'
import type { Journal } from '../render/journal/shape.ts'
import type { CsvStyle } from '../render/long-csv.ts'
import type { JsonRecord } from '../render/long-json.ts'
import type { Pieces } from './write-out.ts'

/** The formats that files are written in. */
export type FileFormat = 'csv' | 'xlsx' | 'json' | 'jsonl' | 'vcard' | 'ics' | JournalFormat

/** Those of plain-text accounting. */
type JournalFormat = 'hledger' | 'ledger' | 'beancount'

/** What goes into a file: a table, and for some formats what it was made of. */
export interface Content {
  table: () => Promise<LongTable> | LongTable
  /** For JSON, where a record is more than a row. */
  records?: () => AsyncIterable<JsonRecord>
  report?: Report
  clients?: () => AsyncIterable<ClientRecord>
  tasks?: () => AsyncIterable<TaskRecord>
  journal?: Journal
  /** What tells the book from every other. */
  book?: string
  /** The zone of its clock. */
  zone?: string
}

async function journalPieces(journal: Journal, format: JournalFormat): Promise<Pieces> {
  if (format === 'beancount') {
    return (await import('../render/journal/beancount.ts')).beancountJournal(journal)
  }
  const { hledgerJournal, ledgerJournal } = await import('../render/journal/hledger.ts')
  return format === 'hledger' ? hledgerJournal(journal) : ledgerJournal(journal)
}

/** The content as a file of a format, piece by piece. */
export async function piecesOf(
  { table, records, report, clients, tasks, journal, book = '', zone = 'UTC' }: Content,
  format: FileFormat,
  style: CsvStyle,
): Promise<Pieces> {
  if (journal && (format === 'hledger' || format === 'ledger' || format === 'beancount')) {
    return journalPieces(journal, format)
  }
  if (format === 'vcard' && clients) return (await import('../render/vcard.ts')).vcards(clients())
  if (format === 'ics' && tasks)
    return (await import('../render/calendar-tasks.ts')).calendarOfTasks(tasks(), book, zone)
  if (format === 'json' && report) return [(await import('../render/json.ts')).toJson(report)]
  const rows = await table()
  if (format === 'xlsx') return (await import('../render/workbook/long-xlsx.ts')).longXlsx(rows)
  if (format === 'json' || format === 'jsonl') {
    const { jsonLines, jsonList, tableRecords } = await import('../render/long-json.ts')
    const found = records?.() ?? tableRecords(rows)
    return format === 'json' ? jsonList(rows, found) : jsonLines(found)
  }
  return (await import('../render/long-csv.ts')).longCsv(rows, style)
}
