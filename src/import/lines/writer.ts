import type { Db } from '../../book/store/db.ts'
import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { type Currency, currencyDigits, formatMoney } from '../../domain/money.ts'
import type { Moment } from '../../records/moment.ts'
import { productRow } from '../../records/rows/product.ts'
import { leftAlone, rowRemarks } from '../left-alone.ts'
import type { NameBook } from '../names.ts'
import type { LateOutcome, OnDuplicate, Origin, Writer } from '../outcome.ts'
import { productFinder } from '../products/find.ts'
import { dealLineWriter, type ReadLine, type ReadyLine, reasonOf } from './deal.ts'
import { draftLine, type LineDraft } from './draft.ts'
import { type LineDeal, lineDeals } from './find-deal.ts'
import type { HeldLine } from './match.ts'
import { otherTotal, termsOf } from './terms.ts'
import { usualPrices } from './usual-price.ts'

/** How lines are written. */
export interface LineWriting {
  db: Db
  store: Store
  names: NameBook
  currency: Currency
  onDuplicate: OnDuplicate
  moment: Moment
}

/** Turns the rows of a list of lines into lines of deals, deal by deal when all rows are read. */
export function lineWriter(how: LineWriting): Writer {
  const { store, currency } = how
  const dealOf = lineDeals(store)
  const productOf = productFinder(store, leftAlone(store, 'products').called)
  const addProduct = rowAdder(store, 'products')
  const left = leftAlone(store, 'deal_lines')
  const rows = new Map<number, { deal: LineDeal; lines: ReadLine[] }>()
  const totals = rowRemarks()
  const amounts = rowRemarks()
  const prices = usualPrices(how)
  const currencyOf = ({ currency: code }: LineDeal): Currency =>
    code === null ? currency : { ...currency, code, digits: currencyDigits(code) }
  const writers = new Map<number, ReturnType<typeof dealLineWriter>>()
  const writerOf = ({ digits }: Currency): ReturnType<typeof dealLineWriter> => {
    const writer = writers.get(digits) ?? dealLineWriter({ ...how, digits, left })
    writers.set(digits, writer)
    return writer
  }

  /** The product that a row names, or what adds it once the row becomes a line. */
  const productIn = (
    deal: LineDeal,
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
      const values = { code, unit, price, cost, tax, currency: deal.currency }
      const more = { origin: { importId: importId(), row } }
      return addProduct(productRow(name ?? code ?? '', values, more))
    }
    return { product: null, newProduct }
  }

  /** A row with its quantity, price and discount; what it does not give is as in the line of the book. */
  const readyLine = async (
    line: ReadLine,
    deal: LineDeal,
    held: HeldLine | undefined,
  ): Promise<ReadyLine> => {
    const { cells, draft, product, row } = line
    const own = currencyOf(deal)
    const into = prices.into(own, row)
    const priced = draft.price !== null || held !== undefined || product === null
    const usual = priced ? (held?.price ?? null) : await into.price(product, deal, draft)
    const isCosted = product === null || held !== undefined || cells.has('cost')
    const cost = isCosted ? null : await into.cost(product)
    const { digits } = own
    const taxed = { ...draft, tax: draft.tax ?? product?.tax ?? null }
    const terms = termsOf(taxed, usual, digits)
    const net = otherTotal(taxed, terms, digits)
    if (net !== null) {
      totals.add(() => {
        const [given, worth] = [draft.total ?? 0, net].map((sum) => formatMoney(sum, own))
        return `row ${row}: the total is ${given}, but quantity × price less discount is ${worth}`
      })
    }
    return { ...line, product: product && { ...product, cost }, terms }
  }

  return {
    write(cells, origin) {
      const deal = dealOf(cells)
      const draft = draftLine(cells, deal, currency.code)
      const line = { cells, origin, row: origin.row, draft, ...productIn(deal, draft, origin) }
      const known = rows.get(deal.id) ?? { deal, lines: [] }
      rows.set(deal.id, known)
      known.lines.push(line)
      return null
    },
    async finish() {
      const late: LateOutcome[] = []
      for (const { deal, lines } of rows.values()) {
        const own = currencyOf(deal)
        const { heldBy, write } = writerOf(own)
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
            const was = before === null ? '' : `${formatMoney(before, own)} → `
            const now = `${was}${formatMoney(amount, own)} ${own.code}`
            return `the amount of deal ${deal.id} (${deal.title}) follows its lines: ${now}`
          })
        }
      }
      const loud = [...totals.notes(), ...prices.notes(), ...left.notes('value')]
      return { late, notes: [...amounts.notes(), ...loud], loud, left: left.found() }
    },
  }
}
