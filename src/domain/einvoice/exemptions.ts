import type { TaxCategory } from '../firm/tax-category.ts'
import type { Exemption } from './model.ts'

/** What the VATEX list has for a category as such, and its words if nobody has given others. */
const USUAL: Partial<Record<TaxCategory, [code: string, text: string]>> = {
  AE: ['VATEX-EU-AE', 'Reverse charge'],
  K: ['VATEX-EU-IC', 'Intra-Community supply'],
  G: ['VATEX-EU-G', 'Export outside the EU'],
  O: ['VATEX-EU-O', 'Not subject to VAT'],
}

/**
 * Why no tax is charged (BT-121 and BT-120): the code of the category with the words of the line; of an exemption
 * the words alone, or a code of the VATEX list that stands in them (`VATEX-EU-132-1I Training`). Null for rates that
 * are charged, zero among them.
 */
export function exemptionOf(category: TaxCategory, reason: string | null): Exemption | null {
  if (category === 'S' || category === 'Z') return null
  const [whole, said] = /^(VATEX-[A-Z0-9-]+)[\s:,]*/.exec(reason ?? '') ?? []
  const rest = reason?.slice(whole?.length ?? 0).trim() || null
  const [code, words] = USUAL[category] ?? [null, null]
  return { code: code ?? said ?? null, text: rest ?? words }
}
