import { counted } from '../../domain/text.ts'
import type { Column, Report, Section } from '../../domain/table.ts'
import { type Proposal, describeTarget } from '../../import/map/propose.ts'
import type { Prepared } from '../../import/prepare.ts'
import type { ImportResult } from '../../import/run.ts'

const COLUMNS: Column[] = [
  { key: 'header', label: 'Column', type: 'text' },
  { key: 'field', label: 'Read as', type: 'text' },
  { key: 'by', label: 'Because of', type: 'text' },
  { key: 'sample', label: 'For example', type: 'text' },
]

const REJECTS: Column[] = [
  { key: 'row', label: 'Row', type: 'count' },
  { key: 'reason', label: 'Rejected because', type: 'text', wrap: true, worded: true },
]

const REJECTS_SHOWN = 10
const SAMPLES_SHOWN = 2
const SAMPLE_LENGTH = 24

const BY: Record<Proposal['by'], string> = {
  wish: 'you said so',
  profile: 'profile',
  header: 'its header',
  spelling: 'a header like it',
  content: 'what it holds',
  none: '–',
}

function sampleOf(samples: readonly string[][], index: number): string {
  const cells = samples.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '')
  return [...new Set(cells)]
    .slice(0, SAMPLES_SHOWN)
    .map((cell) => (cell.length > SAMPLE_LENGTH ? `${cell.slice(0, SAMPLE_LENGTH - 1)}…` : cell))
    .join(' · ')
}

/** The columns with what they are read as and values that they hold. */
function columnsSection(columns: readonly Proposal[], samples: string[][]): Section {
  const rows = columns.map(({ header, index, target, by }) => ({
    header: header || `(column ${index + 1})`,
    field: describeTarget(target),
    by: BY[by],
    sample: sampleOf(samples, index),
  }))
  return { key: 'columns', title: 'Columns', columns: COLUMNS, rows }
}

function blank(name: string, title: string): Report {
  return {
    name,
    title,
    subtitle: [],
    currency: null,
    head: {},
    sections: [],
    totals: null,
    totalColumns: [],
    notes: [],
    charts: [],
    empty: '',
  }
}

/** The proposal, for the person to look at. */
export function describeColumns(file: string, columns: Proposal[], samples: string[][]): Report {
  const section = { ...columnsSection(columns, samples), title: '' }
  return { ...blank('columns', `Columns of ${file}`), sections: [section] }
}

/** How to bring in rows that were rejected for names the book lacks. */
function lackingNote(rejects: readonly { reason: string }[]): string[] {
  const tables = rejects.flatMap(
    ({ reason }) => /\(--create (\w+) adds it\)/.exec(reason)?.[1] ?? [],
  )
  if (tables.length === 0) return []
  const names = [...new Set(tables)].join(',')
  return [`To add what the book lacks: the same import with --create ${names}`]
}

/** The result of an import, for people. @param isSeen the person has just seen the columns. */
export function describeImport(
  file: string,
  { table, columns, samples }: Prepared,
  result: ImportResult,
  { dryRun, isSeen }: { dryRun: boolean; isSeen: boolean },
): Report {
  const { read, created, updated, unchanged, skipped, rejected } = result
  const where = table.sheet === null ? file : `${file}, sheet ${table.sheet}`
  const shown = result.rejects.slice(0, REJECTS_SHOWN)
  const rejects: Section = {
    key: 'rejects',
    title: 'Rejected',
    columns: REJECTS,
    rows: shown.map(({ row, reason }) => ({ row, reason })),
  }
  const more = rejected - shown.length
  return {
    ...blank('import', `${where}: ${counted(read, table.statements ? 'booking' : 'row')} read`),
    subtitle: [
      `${created} created, ${updated} updated, ${unchanged} unchanged, ` +
        `${skipped} skipped, ${rejected} rejected`,
    ],
    sections: [...(isSeen ? [] : [columnsSection(columns, samples)]), rejects],
    // A loud line may be among the notes too.
    notes: [
      ...new Set([
        ...result.loud,
        ...(more > 0 ? [`${more} more rejected (--rejects FILE writes them all)`] : []),
        ...lackingNote(result.rejects),
        ...result.notes,
        ...(dryRun ? ['Dry run: nothing was written.'] : []),
      ]),
    ],
  }
}
