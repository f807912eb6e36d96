import type { Db } from '../../book/store/db.ts'
import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { ONE } from '../../domain/lines/scaled.ts'
import { type Currency, formatMoney } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import type { Moment } from '../../records/moment.ts'
import { priceFor } from '../../records/products/prices.ts'
import { productRow } from '../../records/rows/product.ts'
import { leftAlone, rowRemarks } from '../left-alone.ts'
import { madeNumber } from '../made-refs.ts'
import type { NameBook } from '../names.ts'
import type { LateOutcome, OnDuplicate, Origin, Writer } from '../outcome.ts'
import { type KnownProduct, productFinder } from '../products/find.ts'
import type { Cells } from '../row-cells.ts'
import { type RowDeal, rowDeals } from '../row-deals.ts'
import { dealLineWriter, type ReadLine } from './deal.ts'
import { draftLine, type LineDraft } from './draft.ts'
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

type Deal = RowDeal['deal']

/** The fields that say which deal a line is of. */
const OF_DEAL = ['deal', 'title', 'client', 'client-ref'] as const

/**
 * Finds the deal of each row. A row that names none continues the deal above, as programs and merged cells
 * write it. A number of this book counts only if the row's title or client is the deal's.
 */
function dealFinder(store: Store) {
  const find = rowDeals(store)
  const clientKey = store.prepare('SELECT name_key FROM clients WHERE id = ?').pluck()
  const byNumber = store.prepare('SELECT * FROM deals WHERE id = ?')
  const deals = new Map<string, Deal>()
  let above: Deal | null = null
  let continued = 0

  const isMeant = (deal: Deal, cells: Cells): boolean => {
    const [title, client] = [cells.one('title'), cells.one('client')]
    const agrees = new Set([
      title === null ? null : nameKey(title) === deal.title_key,
      client === null ? null : nameKey(client) === clientKey.get(deal.client_id),
    ])
    return agrees.has(true) && !agrees.has(false)
  }

  /** The deal of this book whose number the row gives, as `7` or as an export writes it. */
  const numbered = (cells: Cells, cause: Fault): Deal => {
    const text = cells.one('deal') ?? ''
    const number = madeNumber('deals', text) ?? (/^\d{1,15}$/.test(text) ? Number(text) : null)
    const deal = number === null ? undefined : (byNumber.get(number) as Deal | undefined)
    if (!deal) throw cause
    if (isMeant(deal, cells)) return deal
    const way = `its title or client in the row would say that deal ${deal.id} of this book is meant`
    throw new Fault('usage', `${cause.message.split('; nearest')[0]} (${way})`)
  }

  const look = (cells: Cells): Deal => {
    try {
      const { deal, by, unknown } = find(cells)
      return by === 'number' ? numbered(cells, new Fault('usage', unknown)) : deal
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return numbered(cells, error)
    }
  }

  return {
    of(cells: Cells): Deal {
      const names = OF_DEAL.map(cells.one)
      if (names.every((name) => name === null) && above) {
        continued += 1
        return above
      }
      above = null
      const key = JSON.stringify(names)
      const deal = deals.get(key) ?? look(cells)
      deals.set(key, deal)
      above = deal
      return deal
    },
    notes: (): string[] =>
      continued === 0
        ? []
        : [`${counted(continued, 'row')} without a deal taken as lines of the deal above`],
  }
}

/** The prices of a file are in the book's currency. @throws Fault `usage` for a line of a deal in another one. */
function requireOwnCurrency({ id, currency: code }: Deal, book: Currency): void {
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
  const dealOf = dealFinder(store)
  const productOf = productFinder(store, leftAlone(store, 'products').called)
  const addProduct = rowAdder(store, 'products')
  const left = leftAlone(store, 'deal_lines')
  const rows = new Map<number, { deal: Deal; lines: ReadLine[] }>()
  const totals = rowRemarks()
  const amounts = rowRemarks()

  const productIn = (draft: LineDraft, { importId, row }: Origin): KnownProduct | null => {
    const { code, product: name } = draft
    if (code === null && name === null) return null
    const known = productOf({ code, name })
    if (known) return known
    how.names.check('products', name ?? code)
    const { unit, price, cost, tax } = draft
    const values = { code, unit, price, cost, tax }
    addProduct(productRow(name ?? code ?? '', values, { origin: { importId: importId(), row } }))
    return productOf({ code, name }) ?? null
  }

  return {
    write(cells, origin) {
      // Found first: a row that cannot be read is the one above the next, too.
      const deal = dealOf.of(cells)
      const draft = draftLine(cells)
      requireOwnCurrency(deal, currency)
      const product = productIn(draft, origin)
      const known = rows.get(deal.id) ?? { deal, lines: [] }
      rows.set(deal.id, known)
      known.lines.push({ cells, origin, row: origin.row, draft, product })
      return null
    },
    async finish() {
      const late: LateOutcome[] = []
      const write = dealLineWriter({ ...how, left })
      for (const { deal, lines } of rows.values()) {
        const ready = []
        for (const line of lines) {
          const { draft, product, row } = line
          try {
            const asked = { clientId: deal.client_id, quantity: draft.quantity, on: moment.today }
            const usual =
              product && draft.price === null ? await usualPrice(db, product, asked) : null
            const taxed = { ...draft, tax: draft.tax ?? product?.tax ?? null }
            const terms = termsOf(taxed, usual, digits)
            const net = otherTotal(taxed, terms, digits)
            if (net !== null) {
              totals.add(() => {
                const [given, own] = [draft.total ?? 0, net].map((sum) =>
                  formatMoney(sum, currency),
                )
                return `row ${row}: the total is ${given}, but quantity × price less discount is ${own}`
              })
            }
            ready.push({ ...line, terms })
          } catch (error) {
            if (!(error instanceof Fault) || error.code === 'book') throw error
            late.push({ row, reason: error.message })
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
      const notes = [...dealOf.notes(), ...amounts.notes(), ...loud]
      return { late, notes, loud, left: left.found() }
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
