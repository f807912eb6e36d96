import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wrongMoney } from '../../src/book/money-check.ts'
import type { Db } from '../../src/book/store/db.ts'
import { Fault } from '../../src/domain/fault.ts'
import { lessBilled, partShares } from '../../src/domain/invoices/parts.ts'
import { creditText, partText } from '../../src/domain/invoices/part-words.ts'
import { type InvoiceTotals, invoiceTotals } from '../../src/domain/invoices/taxes.ts'
import { NO_DISCOUNT, ONE, type Portion, type UnitPrice } from '../../src/domain/lines/scaled.ts'
import type { Money } from '../../src/domain/money.ts'
import { creditInvoice } from '../../src/money/invoices/credit.ts'
import { draftOfDeal } from '../../src/money/invoices/draft.ts'
import { findInvoice, type Issued } from '../../src/money/invoices/find.ts'
import { issueDraft } from '../../src/money/invoices/issue.ts'
import { finalOfDeal, partOfDeal } from '../../src/money/invoices/parts.ts'
import { voidInvoice } from '../../src/money/invoices/void.ts'
import { addClient } from '../../src/records/clients.ts'
import { addDeal } from '../../src/records/deals.ts'
import { addLine, settleLines } from '../../src/records/lines/change.ts'
import { tax } from '../../src/reports/tax/index.ts'
import { at, NUMBERING, START, TODAY } from '../support/billing.ts'
import { newBook, perform } from '../support/book.ts'
import { type Desk, desk } from '../support/funnel.ts'
import { reportOf } from '../support/reports.ts'

const EUR = { code: 'EUR', digits: 2 }

const totals = (lines: readonly (readonly [net: number, percent: number])[]): InvoiceTotals =>
  invoiceTotals(
    lines.map(([net, percent]) => ({
      net: net as Money,
      category: percent === 0 ? ('Z' as const) : ('S' as const),
      rate: (percent * 10_000) as Portion,
      reason: null,
    })),
  )

describe('a part of a piece of work', () => {
  it('has of each rate what the work has of it', () => {
    const whole = totals([
      [100_000, 19],
      [50_000, 7],
    ])
    expect(partShares(whole, [], 45_000 as Money).map(({ rate, net }) => [rate, net])).toEqual([
      [190_000, 30_000],
      [70_000, 15_000],
    ])
  })

  it('leaves the rest to the final invoice, to the cent', () => {
    const whole = totals([[10_003, 19]])
    const [deposit] = partShares(whole, [], 5001 as Money)
    expect(deposit?.net).toBe(5001)
    const billed = { category: 'S', rate: 190_000 as Portion, base: 5001 as Money } as const
    expect(lessBilled(whole, [{ ...billed, tax: 950 as Money }]).left).toMatchObject({
      net: 5002,
      tax: 951,
      gross: 5953,
    })
  })

  it('takes no more tax than there is, where cents are few', () => {
    // Three times 0.03 at 19 % would have 0.03 of tax, where 0.09 has 0.02.
    const whole = totals([[9, 19]])
    const billed = { category: 'S', rate: 190_000 as Portion, base: 6 as Money } as const
    expect(partShares(whole, [{ ...billed, tax: 2 as Money }], 3 as Money)[0]?.net).toBe(2)
  })

  it('is called what the client calls it', () => {
    expect(partText('deposit', 'en-GB', '30%', 'Cold store')).toBe('Deposit of 30%: Cold store')
    expect(partText('part', 'de-CH', '37.5%', 'Kühlhaus')).toBe('Abschlag 37,5\u00A0%: Kühlhaus')
    expect(partText('deposit', 'fr', null, 'Cave')).toBe('Deposit: Cave')
    expect(creditText('de-CH', '2026-0001')).toBe('Korrektur der Rechnung 2026-0001')
  })
})

interface Step {
  kind: 'deposit' | 'part'
  share: number
  isAmount: boolean
  next: 'issue' | 'leave' | 'void' | 'credit' | 'credit some'
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('deposit', 'part'),
  share: fc.integer({ min: 1, max: 70 }),
  isAmount: fc.boolean(),
  next: fc.constantFrom('issue', 'issue', 'issue', 'leave', 'void', 'credit', 'credit some'),
})

const line = fc.record({
  price: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 5_000_000 })),
  percent: fc.constantFrom(0, 7, 19, 19),
})

/** A deal with lines: its number. */
async function dealWith(db: Db, lines: readonly { price: number; percent: number }[]) {
  const { id } = await addDeal(
    db,
    {
      clientId: 1,
      processId: 1,
      stageId: null,
      title: 'Cold store',
      need: null,
      amount: null,
      cost: null,
      ownerId: null,
      sourceId: null,
      expectedClose: null,
    } as never,
    at(START),
  )
  const change = { dealId: id, digits: 2, moment: at(START) }
  for (const { price, percent } of lines) {
    await addLine(db, change, {
      productId: null,
      text: 'Work',
      quantity: ONE,
      unit: null,
      price: (price * 100) as UnitPrice,
      cost: null,
      discount: NO_DISCOUNT,
      tax: (percent * 10_000) as Portion,
      optional: false,
      alternativeOf: null,
      chosen: false,
    })
  }
  await settleLines(db, change)
  return id
}

async function issue(db: Db, id: number): Promise<Issued> {
  const draft = await findInvoice(db, `d${id}`)
  const { number } = await issueDraft(db, draft, { ...NUMBERING, incomplete: true }, at(TODAY))
  return (await findInvoice(db, number)) as Issued
}

/** Does something if it can be done. @returns null if it is refused. */
async function tried<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

async function take(db: Db, dealId: number, { kind, share, isAmount, next }: Step): Promise<void> {
  const wish = isAmount
    ? { amount: (share * 97) as Money }
    : { portion: (share * 10_000) as Portion }
  const draft = await tried(() =>
    partOfDeal(db, dealId, EUR, { kind, wish, language: 'en' }, {}, at(TODAY)),
  )
  if (draft === null || next === 'leave') return
  const issued = await tried(() => issue(db, draft))
  if (issued === null) return
  if (next === 'void') await voidInvoice(db, issued, 'wrong', at(TODAY))
  if (next === 'credit') await creditInvoice(db, issued, {}, NUMBERING, at(TODAY))
  if (next === 'credit some') {
    await tried(() => creditInvoice(db, issued, { lines: ['1'] }, NUMBERING, at(TODAY)))
  }
}

/** What a deal was billed by rate, less what was credited. */
async function billedOf(db: Db, dealId: number): Promise<Map<number, [base: number, tax: number]>> {
  const rows = await db
    .selectFrom('invoice_taxes as t')
    .innerJoin('invoices as i', 'i.id', 't.invoice_id')
    .select(['i.kind', 't.rate', 't.base', 't.tax'])
    .where('i.deal_id', '=', dealId)
    .where('i.voided_on', 'is', null)
    .execute()
  const sums = new Map<number, [number, number]>()
  for (const { kind, rate, base, tax: part } of rows) {
    const sign = kind === 'credit' ? -1 : 1
    const [net, taxes] = sums.get(rate) ?? [0, 0]
    sums.set(rate, [net + sign * base, taxes + sign * part])
  }
  return sums
}

describe('deposits, parts and the final invoice', () => {
  it('are together exactly the work, net and tax at each rate, whatever was voided or credited', async () => {
    const book = newBook()
    await perform(book, (db) => addClient(db, 'Harbour', {}, {}, START))
    const wholes: InvoiceTotals[] = []
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.array(step, { maxLength: 6 }),
        async (lines, steps) => {
          await perform(book, async (db) => {
            const deal = await dealWith(db, lines)
            const wholeDraft = await draftOfDeal(db, deal, EUR, {}, at(TODAY))
            const { net, tax: taxes } = await findInvoice(db, `d${wholeDraft}`)
            await db.deleteFrom('invoice_lines').where('invoice_id', '=', wholeDraft).execute()
            await db.deleteFrom('invoices').where('id', '=', wholeDraft).execute()
            for (const one of steps) await take(db, deal, one)
            const draft = await tried(() => finalOfDeal(db, deal, EUR, {}, at(TODAY)))
            const sums = [...(await billedOf(db, deal)).values()]
            if (draft === null) {
              // Parts billed all of it; of the tax a cent may be missing, as each is rounded.
              expect(sums.reduce((sum, [base]) => sum + base, 0)).toBe(net)
              return
            }
            await issue(db, draft)
            const all = await billedOf(db, deal)
            const whole = totals(lines.map(({ price, percent }) => [price, percent]))
            for (const { rate, base, tax: part } of whole.taxes) {
              expect([rate, ...(all.get(rate) ?? [])]).toEqual([rate, base, part])
            }
            expect([...all.values()].reduce((sum, [base]) => sum + base, 0)).toBe(net)
            expect([...all.values()].reduce((sum, [, part]) => sum + part, 0)).toBe(taxes)
            wholes.push(whole)
            const again = await tried(() => finalOfDeal(db, deal, EUR, {}, at(TODAY)))
            expect(again).toBeNull()
          })
        },
      ),
      { numRuns: 80 },
    )
    expect(wholes.length).toBeGreaterThan(40)
    expect(wrongMoney(book.store)).toEqual([])
    const report = await reportOf(book, tax, {
      asOf: TODAY,
      period: { from: null, to: null },
      own: { basis: 'invoice' },
    })
    const { totals: sums } = report
    const rows = await book.db
      .selectFrom('invoices')
      .select(['kind', 'net', 'tax'])
      .where('number', 'is not', null)
      .where('voided_on', 'is', null)
      .execute()
    const signed = (key: 'net' | 'tax'): number =>
      rows.reduce((sum, row) => sum + (row.kind === 'credit' ? -1 : 1) * row[key], 0)
    expect([sums?.net, sums?.tax]).toEqual([signed('net'), signed('tax')])
  })
})

/** A sole trader who has sold a cold store for 1,000.00 at 19 % and 500.00 at 7 %. */
function shop(): Desk {
  const made = desk()
  for (const words of [
    ['company', 'set', '--name', 'Ann Lee', '--street', 'Weg 1', '--town', 'Berlin'],
    ['company', 'set', '--country', 'DE', '--postcode', '10115', '--vat-id', 'DE136695976'],
    ['bank', 'account', 'add', 'Main', '--iban', 'DE89370400440532013000'],
    ['tax', 'add', 'Standard', '19%'],
    ['tax', 'add', 'Reduced', '7%'],
    ['client', 'add', 'Harbour Foods', '--street', 'Quay 2', '--town', 'Bonn', '--country', 'DE'],
    ['deal', 'add', 'harbour', 'Cold store', '--on', '2026-10-01'],
    ['deal', 'line', 'add', '1', '--text', 'Cold room', '--price', '1000', '--tax', '19%'],
    ['deal', 'line', 'add', '1', '--text', 'Handbook', '--price', '500', '--tax', '7%'],
  ]) {
    made.ok(...words)
  }
  return made
}

interface Shown {
  invoice: { net: number; tax: number; gross: number; part: string | null; status: string }
  deductions: { number: string; gross: number }[]
}

const said = ({ run }: Desk, ...args: string[]): string => {
  const { code, err } = run(...args)
  expect(code).not.toBe(0)
  return err
}

describe('billing a deal step by step', () => {
  it('is a deposit, parts, and a final invoice that takes them off', () => {
    const { ok, json } = shop()
    expect(ok('invoice', 'add', '--deal', '1', '--deposit', '30%')).toContain('517.50 EUR')
    ok('invoice', 'issue', 'd1')
    ok('invoice', 'add', '--deal', '1', '--part', '600')
    ok('invoice', 'issue', 'd2')
    expect(ok('invoice', 'add', '--deal', '1', '--final')).toContain('517.50 EUR')
    ok('invoice', 'issue', 'd3')
    const shown = json<Shown>('invoice', 'show', '2026-0003')
    expect(shown.deductions.map(({ number, gross }) => [number, gross])).toEqual([
      ['2026-0001', 517.5],
      ['2026-0002', 690],
    ])
    const screen = ok('invoice', 'show', '2026-0003')
    expect(screen).toContain('Part: final, less what was billed before')
    expect(screen).toMatch(/2026-0001 .*450 +67\.50 +517\.50/)
    const mail = ['--to', 'a@b.example', '--format', 'text', '--dry-run']
    const letter = ok('invoice', 'send', '2026-0003', ...mail)
    expect(letter).toMatch(/Total EUR +1,725\.00/)
    expect(letter).toMatch(/less invoice 2026-0001 .*\n?.*-517\.50/)
    expect(letter).toContain('Please pay 517.50 EUR')
    expect(ok('invoice', 'list')).toMatch(/2026-0001 .*deposit/)
    const { totals: owed } = json<{ totals: { balance: number } }>('report', 'receivables')
    expect(owed.balance).toBe(1725)
    ok('doctor')
  })

  it('counts a draft of the final invoice again when a deposit is issued after it', () => {
    const { ok } = shop()
    ok('invoice', 'add', '--deal', '1', '--deposit', '1000')
    ok('invoice', 'add', '--deal', '1', '--final')
    expect(ok('invoice', 'show', 'd2')).toContain('Amount: 1,725.00 EUR')
    ok('invoice', 'issue', 'd1')
    expect(ok('invoice', 'show', 'd2')).toContain('Amount: 575.00 EUR')
    ok('invoice', 'line', 'add', 'd2', 'Extra shelf @ 100 +19%')
    expect(ok('invoice', 'show', 'd2')).toContain('Amount: 694.00 EUR')
    ok('invoice', 'credit', '2026-0001')
    expect(ok('invoice', 'show', 'd2')).toContain('Amount: 1,844.00 EUR')
    ok('doctor')
  })

  it('is refused where it would bill twice, too much or too late, with what to do', () => {
    const made = shop()
    const { ok } = made
    const add = (...more: string[]) => said(made, 'invoice', 'add', '--deal', '1', ...more)
    expect(add('--deposit', '30%', '--final')).toContain('cannot be used together')
    expect(add('--deposit', '30%', '--line', 'Work @ 9')).toContain('follow from the deal')
    expect(add('--deposit', '0%')).toContain('part of nothing')
    expect(add('--deposit', '101%')).toContain('over 100%')
    expect(said(made, 'invoice', 'add', '1', '--deposit', '30%')).toContain('--deal 1')
    ok('invoice', 'add', '--deal', '1', '--deposit', '80%')
    expect(add('--part', '30%')).toContain('bill at most 300.00 EUR')
    ok('invoice', 'issue', 'd1')
    expect(add('--part', '300.01')).toContain('of which 2026-0001 billed 1,200.00 EUR')
    expect(said(made, 'invoice', 'repeat', 'add', '2026-0001', '--every', 'month')).toContain(
      'does not repeat',
    )
    ok('invoice', 'add', '--deal', '1', '--final')
    expect(add('--final')).toContain('a draft of its final invoice already, d2')
    ok('invoice', 'add', '--deal', '1', '--part', '5%')
    ok('invoice', 'issue', 'd2')
    expect(said(made, 'invoice', 'issue', 'd3')).toContain('has its final invoice already')
    expect(add('--deposit', '5%')).toContain('has its final invoice already, 2026-0002')
    for (const verb of [['void', '--reason', 'wrong'], ['credit']]) {
      const [name = '', ...rest] = verb
      expect(said(made, 'invoice', name, '2026-0001', ...rest)).toContain(
        'final invoice 2026-0002 takes off invoice 2026-0001',
      )
    }
    ok('invoice', 'void', '2026-0002', '--reason', 'too early')
    ok('invoice', 'void', '2026-0001', '--reason', 'wrong')
    ok('doctor')
  })

  it('has nothing left once parts billed all of it', () => {
    const made = shop()
    made.ok('invoice', 'add', '--deal', '1', '--deposit', '30%')
    made.ok('invoice', 'add', '--deal', '1', '--part', '70%')
    made.ok('invoice', 'issue', 'd1', 'd2')
    expect(said(made, 'invoice', 'add', '--deal', '1', '--final')).toContain('billed all of it')
  })

  it('keeps a deal in its stage until all of it is billed, and paid', () => {
    const { ok, run } = shop()
    ok('process', 'edit', 'free', '--stage', 'proposal', '--demand', 'invoiced')
    ok(
      'deal',
      'add',
      'harbour',
      'Shelves',
      '--process',
      'free',
      '--amount',
      '100',
      '--on',
      '2026-10-01',
    )
    ok('move', '2', 'proposal', '--on', '2026-10-02')
    ok('invoice', 'add', '--deal', '2', '--deposit', '50%')
    ok('invoice', 'issue', 'd1')
    expect(run('win', '2').err).toContain('invoice')
    ok('invoice', 'add', '--deal', '2', '--final')
    ok('invoice', 'issue', 'd2')
    ok('win', '2')
  })

  it('lets win --invoice make the final invoice of what is left', () => {
    const { ok } = shop()
    ok('invoice', 'add', '--deal', '1', '--deposit', '1000')
    ok('invoice', 'issue', 'd1')
    expect(ok('win', '1', '--invoice')).toContain('draft d2 of its final invoice')
    expect(ok('invoice', 'show', 'd2')).toContain('Amount: 575.00 EUR')
  })

  it('wins a deal that is billed already, and says by what', () => {
    const { ok, run } = shop()
    ok('invoice', 'add', '--deal', '1', '--deposit', '1000')
    ok('invoice', 'issue', 'd1')
    ok('invoice', 'add', '--deal', '1', '--final')
    const drafted = run('win', '1', '--invoice')
    expect(drafted.out).toContain('won')
    expect(drafted.err).toContain('has a draft of its final invoice already, d2')
    ok('undo')
    ok('invoice', 'issue', 'd2')
    ok('proposal', 'make', '1')
    const { code, out, err } = run('proposal', 'accept', '1')
    expect([code, out]).toEqual([0, expect.stringContaining('was accepted')])
    expect(err).toContain('deal 1 is billed already, by its final invoice 2026-0002')
    const won = run('win', '1', '--invoice')
    expect(won.code).toBe(0)
    expect(won.err).toContain('deal 1 is billed already, by its final invoice 2026-0002')
    expect(ok('invoice', 'list')).not.toContain('draft')
    ok('doctor')
  })

  it('wins a deal of which parts billed all, without an invoice of nothing', () => {
    const { ok, run } = shop()
    ok('invoice', 'add', '--deal', '1', '--deposit', '30%')
    ok('invoice', 'add', '--deal', '1', '--part', '70%')
    ok('invoice', 'issue', 'd1', 'd2')
    const { code, err } = run('win', '1', '--invoice')
    expect(code).toBe(0)
    expect(err).toContain('deal 1 is billed already: 2026-0001, 2026-0002 billed all of it')
  })

  it('credits a final invoice by what it billed, and another can follow', () => {
    const { ok } = shop()
    ok('invoice', 'add', '--deal', '1', '--deposit', '1000')
    ok('invoice', 'issue', 'd1')
    ok('invoice', 'add', '--deal', '1', '--final')
    ok('invoice', 'issue', 'd2')
    expect(ok('invoice', 'credit', '2026-0002')).toContain('575.00 EUR')
    expect(ok('invoice', 'add', '--deal', '1', '--final')).toContain('575.00 EUR')
    expect(ok('undo')).toContain('undid')
    ok('doctor')
  })
})
