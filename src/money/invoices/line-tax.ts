import type { Db } from '../../book/store/db.ts'
import { usualCategory } from '../../domain/firm/tax-category.ts'
import type { LineTax } from '../../domain/invoices/taxes.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import { listTaxes, type Tax, taxWithRate } from '../../records/firm/taxes.ts'

/** What a line has without a tax in a book that has none. */
const NO_TAX: LineTax = { category: 'O', rate: 0 as Portion, reason: null }

function ofTax({ category, rate, reason }: Tax): LineTax {
  return { category, rate, reason }
}

/**
 * The tax of lines by the taxes of the book: of a rate, the tax that has it; without one, the default tax. In a book
 * without taxes it is category O, not subject to tax.
 * @returns a function of the rate, and of the tax's number if a product or a person named it.
 */
export async function lineTaxes(
  db: Db,
): Promise<(rate: Portion | null, id?: number | null) => LineTax> {
  const taxes = await listTaxes(db)
  const usual = taxes.find((tax) => tax.is_default === 1)
  return (rate, id = null) => {
    const named = taxes.find((tax) => tax.id === id)
    if (named) return ofTax(named)
    if (rate === null) return usual ? ofTax(usual) : NO_TAX
    const found = taxWithRate(taxes, rate)
    return found ? ofTax(found) : { category: usualCategory(rate), rate, reason: null }
  }
}
