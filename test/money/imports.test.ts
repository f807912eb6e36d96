import { describe, expect, it } from 'vitest'
import { contents } from '../support/book.ts'
import { importsInside, type ImportsInside } from '../support/imports.ts'
import { openBook } from '../../src/book/open.ts'
import path from 'node:path'

const rowsOf = ({ folder }: ImportsInside): Record<string, unknown[]> => {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    const { operations: _, ...rows } = contents(book)
    return rows
  } finally {
    book.close()
  }
}

const DAYS = ['2026-07-31', '2026-08-20', '2026-09-01', '2026-09-30', '2026-10-15', '2026-11-20']

/** What is owed on several days, without the numbers of clients. */
async function owed(desk: ImportsInside): Promise<unknown[]> {
  const reports: unknown[] = []
  for (const day of DAYS) {
    const report = await desk.json<{ rows: Record<string, unknown>[]; totals: unknown }>(
      'report',
      'receivables',
      '--as-of',
      day,
    )
    reports.push([report.rows.map(({ client_id: _, ...row }) => row), report.totals])
  }
  return reports
}

/** A book with everything that settles invoices. */
async function billed(): Promise<ImportsInside> {
  const desk = await importsInside()
  const { ok } = desk
  await ok('client', 'add', 'Harbour Foods')
  await ok('client', 'add', 'Pier Nine')
  await ok('tax', 'add', 'Standard', '19%')
  await ok('rate', 'add', 'USD', '1.10', '--on', '2026-08-01')
  const issue = async (client: string, on: string, line: string, ...more: string[]) => {
    await ok('invoice', 'add', client, '--line', line, ...more)
    const [draft] = desk.look('SELECT max(id) AS id FROM invoices')
    await ok('invoice', 'issue', `d${Number(draft?.id)}`, '--on', on, '--incomplete')
  }
  await issue('Harbour Foods', '2026-07-01', 'Winch @ 1000')
  await issue('Harbour Foods', '2026-07-15', 'Crane @ 500', '--instalments', '30% at once, 70% 30d')
  await issue('Pier Nine', '2026-08-02', 'Rope @ 300', '--currency', 'USD')
  await issue('Pier Nine', '2026-08-10', 'Boat @ 200')
  await issue('Pier Nine', '2026-08-11', 'Oar @ 50')
  await ok('payment', 'add', 'Harbour Foods', '1500', '--on', '2026-08-15', '--oldest')
  await ok('payment', 'add', 'Pier Nine', '100 USD', '--on', '2026-08-20', '--for', '2026-0003')
  await ok('payment', 'add', 'Pier Nine', '400', '--on', '2026-08-25', '--method', 'card')
  await ok('payment', 'allocate', '3', '2026-0004')
  await ok('invoice', 'credit', '2026-0004', '--amount', '19', '--on', '2026-09-05')
  await ok('payment', 'refund', 'Pier Nine', '30', '--on', '2026-09-10')
  await ok('invoice', 'write-off', '2026-0002', '20', '--on', '2026-10-01')
  await ok('invoice', 'void', '2026-0005', '--reason', 'Wrong', '--on', '2026-09-20')
  return desk
}

describe('invoices and payments of a file', () => {
  it.each(['csv', 'xlsx'])('go out as %s and come back, once', async (format) => {
    const made = await billed()
    const other = await importsInside()
    const file = (what: string): string => `${other.folder}/${what}.${format}`
    for (const what of ['invoices', 'payments']) await made.ok('export', what, '--out', file(what))
    const before = rowsOf(other)
    const bring = (what: string) => other.json('import', what, file(what), '--create', 'clients')
    expect(await bring('invoices')).toMatchObject({ created: 6, rejected: 0 })
    expect(await bring('payments')).toMatchObject({ created: 5, rejected: 0 })
    expect(await owed(other)).toEqual(await owed(made))
    const after = rowsOf(other)
    expect(await bring('invoices')).toMatchObject({ created: 0, unchanged: 6, left_out: [] })
    expect(await bring('payments')).toMatchObject({ created: 0, unchanged: 5, left_out: [] })
    for (const table of ['invoices', 'payments', 'allocations', 'invoice_events']) {
      expect(rowsOf(other)[table]).toEqual(after[table])
    }
    expect(await other.ok('doctor')).toContain('sound')
    for (const what of ['invoices', 'payments']) {
      const lines = async (desk: ImportsInside): Promise<string[]> =>
        (await desk.ok('export', what)).split('\n').toSorted()
      expect(await lines(other)).toEqual(await lines(made))
    }
    await other.ok('undo')
    await other.ok('undo')
    expect(rowsOf(other)).toEqual(before)
  })

  it('come from another program, and counting goes on after its numbers', async () => {
    const made = await importsInside()
    await made.ok('terms', 'add', '14 days', '--days', '14', '--default')
    const list = [
      'Rechnungsnummer;Kunde;Rechnungsdatum;Netto;MwSt;Rechnungsbetrag;Offen',
      '2026-0007;Pier Nine;01.09.2026;1.000,00;190,00;1.190,00;1.190,00',
      '2026-0012;Pier Nine;13.10.2026;;;250,50;100,00',
      'G-3;Pier Nine;14.10.2026;-50,00;-9,50;-59,50;',
    ]
    const done = await made.bring('invoices', list, '--create', 'clients')
    expect(done).toMatchObject({ created: 3 })
    expect(done.notes.join()).toContain('1 invoice is paid or credited in part')
    expect(
      made.look('SELECT kind, series, serial, due_on, net, tax, gross FROM invoices ORDER BY id'),
    ).toEqual([
      {
        kind: 'invoice',
        series: '2026-{nnnn}',
        serial: 7,
        due_on: '2026-09-15',
        net: 100_000,
        tax: 19_000,
        gross: 119_000,
      },
      expect.objectContaining({ serial: 12, due_on: '2026-10-27', net: 25_050, tax: 0 }),
      expect.objectContaining({ kind: 'credit', series: null, net: 5000, tax: 950, gross: 5950 }),
    ])
    expect(await made.ok('doctor')).toContain('sound')
    await made.ok('invoice', 'add', 'Pier Nine', '--line', 'Rope @ 10')
    expect(await made.ok('invoice', 'issue', 'd4', '--incomplete')).toContain('2026-0013')
    // What was issued never changes.
    const other = list.map((line) => line.replace('250,50', '260,50'))
    const again = await made.bring('invoices', other, '--create', 'clients')
    expect(again).toMatchObject({ unchanged: 3, left_out: [{ column: 'Rechnungsbetrag' }] })
    expect(again.notes.join()).toContain(
      '1 value left alone (row 3): the book has another one: amount',
    )
  })

  it('are rejected row by row, with the reason', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'Pier Nine')
    const invoices = await made.bring('invoices', [
      'number,kind,client,deal,issued,due,net,tax,amount,currency',
      'A1,,Pier Nine,,2026-09-01,,,,100,',
      ',,Pier Nine,,2026-09-01,,,,100,',
      'A2,,,,2026-09-01,,,,100,',
      'A3,,Pier Ten,,2026-09-01,,,,100,',
      'A4,,Pier Nine,,2026-09-01,,,,0,',
      'A5,,Pier Nine,,2026-09-01,2026-08-31,,,100,',
      'A6,,Pier Nine,Crane,2026-09-01,,,,100,',
      'A7,,Pier Nine,,2026-09-01,,,,100,Gold',
      'A8,Proforma,Pier Nine,,2026-09-01,,,,100,',
      'A9,,Pier Nine,,2026-09-01,,90,5,100,',
      'B1,,Pier Nine,,2027-09-01,,,,100,',
      'B2,Credit note,Pier Nine,,2026-09-01,,,,30,',
    ])
    expect(invoices.created).toBe(2)
    expect(invoices.rejects.map(({ reason }) => reason)).toEqual([
      'the row has no invoice number',
      'the row names no client',
      expect.stringContaining('no client of the name “Pier Ten”'),
      'an invoice is more than nothing',
      'it is due on 2026-08-31, before it was issued on 2026-09-01',
      expect.stringContaining('the book has no deal with the title “Crane”'),
      expect.stringContaining('Gold'),
      '“Proforma” is neither an invoice nor a credit note',
      'net 90.00 and tax 5.00 do not come to the amount 100.00',
      'it is issued on 2027-09-01, which is still to come',
    ])
    const payments = await made.bring('payments', [
      'client,on,kind,amount,for,ref',
      'Pier Nine,2026-09-05,,40,A1,',
      'Pier Nine,2026-09-05,,40,"A1; A99",',
      ',2026-09-06,,10,A1,X1',
      ',2026-09-06,,10,,',
      'Pier Nine,,,10,,',
      'Pier Nine,2026-09-06,,0,,',
      'Pier Nine,2026-09-06,Lottery,10,,',
      'Pier Nine,2027-09-06,,10,,',
      'Pier Nine,2026-09-07,write-off,11,A1,',
      'Pier Nine,2026-09-07,fee,5,,',
      'Pier Nine,2026-09-07,refund,500,,',
      'Pier Nine,2026-09-08,write-off,10,A1,',
    ])
    expect(payments).toMatchObject({ created: 4, rejected: 8 })
    expect(payments.notes.join()).toContain('row 3 settles nothing of A99')
    expect(payments.rejects.map(({ reason }) => reason)).toEqual([
      'the row names neither a client nor an invoice of the book',
      'the row has no day',
      expect.stringContaining('a payment is more than nothing'),
      expect.stringContaining('“Lottery” is not a kind of payment'),
      'it was paid on 2027-09-06, which is still to come',
      'only 10.00 EUR are open of A1',
      'a fee needs one invoice that it is for',
      'the client has only 30.00 EUR of credit to give back',
    ])
    expect(await made.json('invoice', 'show', 'A1')).toMatchObject({ open: 0 })
    expect(await made.ok('doctor')).toContain('sound')
  })
})
