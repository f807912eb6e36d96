import { addressLine } from '../../domain/address.ts'
import type { Paper } from '../paper.ts'
import type { Pen } from './pen.ts'

/** Who sent it, at the foot of each page: name and address, numbers, how to reach it; a line each. */
export function footerLines({ seller, buyer }: Paper, { words }: Pen): string[] {
  const { labels } = words
  const isAbroad = buyer.country !== null && buyer.country !== seller.country
  const address = addressLine({ ...seller, country: isAbroad ? seller.country : null })
  const numbered = (label: string, value: string | null): string =>
    value === null ? '' : `${label} ${value}`
  const lines = [
    [seller.name, address],
    [
      numbered(labels.vat_id, seller.vat_id),
      numbered(labels.tax_number, seller.tax_number),
      seller.register,
    ],
    [seller.email, numbered(labels.phone, seller.phone), seller.website],
  ]
  return lines
    .map((parts) => parts.filter((part) => part !== null && part !== '').join(' · '))
    .filter((line) => line !== '')
}
