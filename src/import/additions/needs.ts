import type { Store } from '../../book/store/store.ts'
import type { Book } from '../../book/open.ts'
import type { Day } from '../../domain/day.ts'
import { nameKey } from '../../domain/name.ts'
import { loadProcess, defaultProcess, type Process } from '../../records/processes.ts'
import type { Cells } from '../row-cells.ts'
import type { ClientName } from '../client-names.ts'
import { draftClient } from '../clients/draft.ts'
import { draftDeal } from '../deals/draft.ts'
import { isNoReason } from '../deals/stated-outcome.ts'
import { draftGoal } from '../goals/draft.ts'
import { draftInteraction } from '../interactions/writer.ts'
import { draftInvoice } from '../invoices/draft.ts'
import { byMadeRef } from '../made-refs.ts'
import type { Dictionary, NameBook } from '../names.ts'
import type { ImportPlan } from '../plan.ts'
import { draftLine } from '../lines/draft.ts'
import { lineDeals } from '../lines/find-deal.ts'
import { draftPrice } from '../prices/draft.ts'
import { productFinder } from '../products/find.ts'
import { draftPayment } from '../payments/draft.ts'
import { draftTask } from '../tasks/draft.ts'

/** The names that a row of a file depends on. */
export interface Needs {
  names: [what: Dictionary, name: string | null][]
  client: ClientName | null
}

/** How the rows of one kind of import are looked at. */
export interface Reader {
  needs: (cells: Cells) => Needs
  /**
   * Reads the row as the import does, to see which of the names it needs exist.
   * @throws Fault `usage` if it is rejected whatever is added.
   */
  settled: (cells: Cells, needs: Needs) => Needs | Promise<Needs>
}

function clientIn(cells: Cells): ClientName | null {
  const client = { ref: cells.one('client-ref'), name: cells.one('client') }
  return client.ref === null && client.name === null ? null : client
}

function dealReader(
  { db }: Book,
  { words, process: usual, create }: ImportPlan,
  names: NameBook,
  today: Day,
): Reader {
  const loaded = new Map<number, Process>()
  const processNamed = async (name: string | null): Promise<Process | null> => {
    const id = name === null ? await defaultProcess(db) : names.known('processes', name)
    if (id === null) return null
    const process = loaded.get(id) ?? (await loadProcess(db, id))
    loaded.set(id, process)
    return process
  }
  const isReason = (name: string): boolean => names.known('reasons', name) !== null
  const processIn = (cells: Cells): string | null => cells.one('process') ?? usual ?? null
  return {
    needs: (cells) => ({
      names: [
        ['processes', processIn(cells)],
        ['owners', cells.one('owner')],
        ['sources', cells.one('source')],
        ['reasons', cells.one('reason')],
      ],
      client: clientIn(cells),
    }),
    async settled(cells, needs) {
      const process = await processNamed(processIn(cells))
      const draft = draftDeal(cells, words, today, process?.stages ?? [], isReason)
      const needsReason = draft.status === 'lost' && !isNoReason(draft.reason ?? '')
      const key = nameKey(draft.stage ?? '')
      const lacksStage =
        draft.stage !== null &&
        process !== null &&
        !process.stages.some((stage) => nameKey(stage.name) === key)
      if (lacksStage && !create.has('stages')) return { names: [], client: null }
      return {
        ...needs,
        names: needs.names.filter(([what]) => what !== 'reasons' || needsReason),
      }
    },
  }
}

function historyReader(store: Store): Reader {
  const deal = store.prepare('SELECT 1 FROM deals WHERE ref = ?').pluck()
  return {
    needs: (cells) => ({
      names: [
        ['owners', cells.one('owner')],
        ['reasons', cells.one('event')?.toLowerCase() === 'lost' ? cells.one('reason') : null],
      ],
      client: null,
    }),
    settled(cells, needs) {
      const isKnown = deal.get(cells.one('deal')) !== undefined
      return isKnown && cells.day('at') !== null ? needs : { names: [], client: null }
    },
  }
}

const NOTHING: Needs = { names: [], client: null }

/** Rows about a product. @param read refuses a row that cannot be imported. */
function productReader({ store }: Book, read: (cells: Cells) => unknown): Reader {
  const productOf = productFinder(store, (id) => `product ${id}`)
  return {
    needs(cells) {
      const named = { code: cells.one('code'), name: cells.one('product') }
      const isKnown = productOf(named) !== undefined
      return { names: [['products', isKnown ? null : (named.name ?? named.code)]], client: null }
    },
    settled(cells, needs) {
      read(cells)
      return needs
    },
  }
}

function lineReader(book: Book): Reader {
  const dealOf = lineDeals(book.store)
  return productReader(book, (cells) =>
    draftLine(cells, dealOf(cells), book.settings.currency.code),
  )
}

/** How rows are examined for the names they depend on. */
export function needsReader(book: Book, plan: ImportPlan, names: NameBook, today: Day): Reader {
  const { store, settings } = book
  if (plan.kind === 'deals') return dealReader(book, plan, names, today)
  if (plan.kind === 'history') return historyReader(store)
  if (plan.kind === 'products' || plan.kind === 'bookings')
    return { needs: () => NOTHING, settled: () => NOTHING }
  if (plan.kind === 'lines') return lineReader(book)
  if (plan.kind === 'prices') return productReader(book, draftPrice)
  const owner = (cells: Cells): Needs['names'][number] => ['owners', cells.one('owner')]
  if (plan.kind === 'goals') {
    return {
      needs: (cells) => ({ names: [owner(cells)], client: null }),
      settled(cells, needs) {
        draftGoal(cells, settings.currency.digits)
        return needs
      },
    }
  }
  if (plan.kind === 'clients') {
    return {
      needs: (cells) => ({ names: [owner(cells), ['sources', cells.one('source')]], client: null }),
      settled(cells, needs) {
        draftClient(cells, settings.country)
        return needs
      },
    }
  }
  if (plan.kind === 'invoices') {
    return {
      needs: (cells) => ({ names: [owner(cells)], client: clientIn(cells) }),
      settled: (cells, needs) => {
        draftInvoice(cells, settings.currency.code, today)
        return needs
      },
    }
  }
  if (plan.kind === 'payments') {
    return {
      needs: (cells) => ({ names: [], client: clientIn(cells) }),
      settled: (cells, needs) => {
        draftPayment(cells, settings.currency.code, today)
        return needs
      },
    }
  }
  // If it is about a deal, the client is the deal's.
  if (plan.kind === 'interactions') {
    return {
      needs: (cells) => ({
        names: [owner(cells)],
        client: cells.one('deal') === null ? clientIn(cells) : null,
      }),
      settled: (cells, needs) =>
        draftInteraction(cells).at === null ? { names: [], client: null } : needs,
    }
  }
  const ownClient = byMadeRef(store, 'clients')
  return {
    needs(cells) {
      const client = clientIn(cells)
      const isOfDeal = ['deal', 'deal-ref', 'stage'].some((field) => cells.one(field) !== null)
      const isOwn = client !== null && ownClient(client.ref, nameKey(client.name ?? '')) !== null
      return { names: [owner(cells)], client: isOfDeal || isOwn ? null : client }
    },
    settled(cells, needs) {
      draftTask(cells, today)
      return needs
    },
  }
}
