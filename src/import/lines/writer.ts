import type { Db } from '../../book/store/db.ts'
import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { ONE } from '../../domain/lines/scaled.ts'
import { type Currency, formatMoney } from '../../domain/money.ts'
import type { Moment } from '../../records/moment.ts'
import { priceFor } from '../../records/products/prices.ts'
import { productRow } from '../../records/rows/product.ts'
import { leftAlone, rowRemarks } from '../left-alone.ts'
import type { NameBook } from '../names.ts'
import type { LateOutcome, OnDuplicate, Origin, Writer } from '../outcome.ts'
import { type KnownProduct, productFinder } from '../products/find.ts'
import { dealLineWriter, type ReadLine, type ReadyLine, reasonOf } from './deal.ts'
import { draftLine, type LineDraft } from './draft.ts'
import { type LineDeal, lineDeals } from './find-deal.ts'
import type { HeldLine } from './match.ts'
import { otherTotal, termsOf } from './terms.ts'

/** How lines are written. */
export interface LineWriting {
  db: Db
  store: Store
  names: NameBook
  currency: Currency
  onDuplicate: OnDuplicate
  moment: Moment
}

/** The prices of a file are in the book's currency. @throws Fault `usage` for a line of a deal in another one. */
function requireOwnCurrency({ id, currency: code }: LineDeal, book: Currency): void {
  if (code === null) return
  throw new Fault(
    'usage',
    `deal ${id} is in ${code}, and prices of a file are in ${book.code} (funnel deal line add ${id} takes them in ${code})`,
  )
}

/** Turns the rows of a list of lines into lines of deals, deal by deal when all rows are read. */
export function lineWriter(how: LineWriting): Writer {
  const { db, store, currency, moment } = how
  const { digits } = currency
  const dealOf = lineDeals(store)
  const productOf = productFinder(store, leftAlone(store, 'products').called)
  const addProduct = rowAdder(store, 'products')
  const left = leftAlone(store, 'deal_lines')
  const rows = new Map<number, { deal: LineDeal; lines: ReadLine[] }>()
  const totals = rowRemarks()
  const amounts = rowRemarks()

  /** The product that a row names, or what adds it once the row becomes a line. */
  const productIn = (
    draft: LineDraft,
    { importId, row }: Origin,
  ): Pick<ReadLine, 'product' | 'newProduct'> => {
    const { code, product: name } = draft
    if (code === null && name === null) return { product: null, newProduct: null }
    const known = productOf({ code, name })
    if (known) return { product: known, newProduct: null }
    how.names.check('products', name ?? code)
    const newProduct = (): number => {
      // An earlier row of the file may have added it.
      const added = productOf({ code, name })
      if (added) return added.id
      const { unit, price, cost, tax } = draft
      const more = { origin: { importId: importId(), row } }
      return addProduct(productRow(name ?? code ?? '', { code, unit, price, cost, tax }, more))
    }
    return { product: null, newProduct }
  }

  /** A row with its quantity, price and discount; what it does not give is as in the line of the book. */
  const readyLine = async (
    line: ReadLine,
    deal: LineDeal,
    held: HeldLine | undefined,
  ): Promise<ReadyLine> => {
    const { draft, product, row } = line
    const asked = { clientId: deal.client_id, quantity: draft.quantity, on: moment.today }
    const priced = draft.price !== null || held !== undefined || product === null
    const usual = priced ? (held?.price ?? null) : await usualPrice(db, product, asked)
    const taxed = { ...draft, tax: draft.tax ?? product?.tax ?? null }
    const terms = termsOf(taxed, usual, digits)
    const net = otherTotal(taxed, terms, digits)
    if (net !== null) {
      totals.add(() => {
        const [given, own] = [draft.total ?? 0, net].map((sum) => formatMoney(sum, currency))
        return `row ${row}: the total is ${given}, but quantity × price less discount is ${own}`
      })
    }
    return { ...line, terms }
  }

  return {
    write(cells, origin) {
      const deal = dealOf(cells)
      const draft = draftLine(cells)
      requireOwnCurrency(deal, currency)
      const line = { cells, origin, row: origin.row, draft, ...productIn(draft, origin) }
      const known = rows.get(deal.id) ?? { deal, lines: [] }
      rows.set(deal.id, known)
      known.lines.push(line)
      return null
    },
    async finish() {
      const late: LateOutcome[] = []
      const { heldBy, write } = dealLineWriter({ ...how, left })
      for (const { deal, lines } of rows.values()) {
        const held = heldBy(deal.id, lines)
        const ready: ReadyLine[] = []
        for (const line of lines) {
          try {
            ready.push(await readyLine(line, deal, held.get(line)))
          } catch (error) {
            late.push({ row: line.row, reason: reasonOf(error) })
          }
        }
        const { outcomes, before, amount } = await write(deal, ready)
        for (const outcome of outcomes) late.push(outcome)
        if (amount !== null && amount !== before) {
          amounts.add(() => {
            const was = before === null ? '' : `${formatMoney(before, currency)} → `
            const now = `${was}${formatMoney(amount, currency)} ${currency.code}`
            return `the amount of deal ${deal.id} (${deal.title}) follows its lines: ${now}`
          })
        }
      }
      const loud = [...totals.notes(), ...left.notes('value')]
      return { late, notes: [...amounts.notes(), ...loud], loud, left: left.found() }
    },
  }
}

async function usualPrice(
  db: Db,
  product: KnownProduct,
  asked: { clientId: number; quantity: LineDraft['quantity']; on: Moment['today'] },
) {
  const quantity = asked.quantity ?? ONE
  return (await priceFor(db, product, { ...asked, quantity }))?.price ?? null
}
