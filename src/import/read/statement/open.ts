import { Fault } from '../../../domain/fault.ts'
import { escapeFormula } from '../../../domain/csv-injection.ts'
import { headOf } from '../../../money/bank/balance.ts'
import { readStatements } from '../../../money/bank/read.ts'
import { statementKind } from '../../../money/bank/recognise.ts'
import type { Booking, Statement } from '../../../money/bank/statement.ts'
import type { ImportKind } from '../../map/fields.ts'
import { ownFields } from '../../map/own-export.ts'
import type { Lines, RawRow, TextFile } from '../source.ts'

/** The most that a file may hold; a year of a busy account is a tenth of it. */
const MOST_BYTES = 64 << 20
const ROWS_AT_ONCE = 500

function cellsOf(booking: Booking, account: string | null): Record<string, string | null> {
  return {
    booked: booking.booked,
    value: booking.value,
    amount: booking.amount,
    currency: booking.currency,
    party: booking.party,
    'party-account': booking.partyAccount,
    text: booking.text,
    'bank-ref': booking.bankRef,
    'e2e-ref': booking.e2eRef,
    'structured-ref': booking.structuredRef,
    account,
    status: booking.isPending ? 'pending' : null,
  }
}

function rowOf(
  booking: Booking,
  { account }: Statement,
  fields: readonly string[],
  number: number,
): RawRow {
  const cells = cellsOf(booking, account)
  return {
    number,
    cells: fields.map((field) => escapeFormula(cells[field] ?? '')),
    ...(booking.problem === null ? {} : { reject: booking.problem }),
  }
}

async function wholeText({ pieces, name }: TextFile, size: number): Promise<string> {
  if (size > MOST_BYTES) {
    const what = `${name} is larger than any statement (${MOST_BYTES >> 20} MiB)`
    throw new Fault('usage', what, 'download fewer days at a time')
  }
  const texts: string[] = []
  for await (const piece of pieces()) texts.push(piece)
  return texts.join('')
}

/**
 * Opens statements of a bank as a list of their bookings.
 * @throws Fault `usage` if something other than bookings is to be imported, or the file is not complete.
 */
export async function openStatement(
  file: TextFile,
  { kind, size }: { kind: ImportKind; size: number },
): Promise<Omit<Lines, 'encoding' | 'delimiter'>> {
  const { name } = file
  const what = statementKind(file.text.slice(0, 4000))
  if (what === null || kind !== 'bookings') {
    const message = `${name} holds bookings of a bank account, not ${kind}`
    throw new Fault('usage', message, `funnel bank import ${name}`)
  }
  const read = await readStatements(what, await wholeText(file, size), name)
  const fields = ownFields('bookings')
  async function* batches(): AsyncGenerator<RawRow[]> {
    let batch: RawRow[] = [{ number: 0, cells: fields }]
    let number = 0
    for (const statement of read.statements) {
      for (const booking of statement.bookings) {
        number += 1
        batch.push(rowOf(booking, statement, fields, number))
        if (batch.length < ROWS_AT_ONCE) continue
        yield await Promise.resolve(batch)
        batch = []
      }
    }
    yield batch
  }
  return {
    sheet: null,
    notes: [`read as ${read.format}`, ...read.notes],
    isRecords: true,
    statements: read.statements.map(headOf),
    batches,
  }
}
