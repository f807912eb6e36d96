import type { Paper } from '../paper.ts'
import { partyFields } from './party.ts'
import type { Pen } from './pen.ts'

/** Who sent it, at the foot of each page: name and address, numbers, how to reach it; a line each. */
export function footerLines({ seller, buyer }: Paper, { words, tag }: Pen): string[] {
  const { labels } = words
  const own = partyFields(seller, buyer.country ?? seller.country, tag)
  const vatLabel = words.vatId[seller.country ?? ''] ?? labels.vat_id
  const numbered = (label: string, value: string | null): string =>
    value === null || value === '' ? '' : `${label} ${value}`
  const lines = [
    [seller.name, own.address.join(', ')],
    [
      numbered(vatLabel, own.vat_id),
      numbered(labels.tax_number, seller.tax_number),
      seller.register,
    ],
    [seller.email, numbered(labels.phone, seller.phone), seller.website],
  ]
  return lines
    .map((parts) => parts.filter((part) => part !== null && part !== '').join(' · '))
    .filter((line) => line !== '')
}
