import { first } from './0001-first.ts'
import { imports } from './0002-imports.ts'
import { aliases } from './0003-aliases.ts'
import { work } from './0004-work.ts'
import { finding } from './0005-finding.ts'
import { reports } from './0006-reports.ts'
import { tasks } from './0007-tasks.ts'
import { knownDays } from './0008-known-days.ts'
import { dealProperties } from './0009-deal-properties.ts'
import { erasedKeys } from './0010-erased-keys.ts'
import { nextSteps } from './0011-next-steps.ts'
import { importsDays } from './0012-imports-days.ts'
import { stays } from './0013-stays.ts'
import { stayCounts } from './0014-stay-counts.ts'
import { products } from './0015-products.ts'
import { authors } from './0016-authors.ts'
import { times } from './0017-times.ts'
import { dealDetails } from './0018-deal-details.ts'
import { goals } from './0019-goals.ts'
import { addresses } from './0020-addresses.ts'
import { clientDays } from './0021-client-days.ts'
import { rates } from './0022-rates.ts'
import { taxIds } from './0023-tax-ids.ts'
import { setChances } from './0024-set-chances.ts'
import { firm } from './0025-firm.ts'
import { dealCurrency } from './0026-deal-currency.ts'
import { productCurrency } from './0027-product-currency.ts'
import { invoices } from './0028-invoices.ts'
import { bankLines } from './0029-bank-lines.ts'
import { matching } from './0030-matching.ts'
import { reminders } from './0031-reminders.ts'
import { exportBatches } from './0032-export-batches.ts'
import { documents } from './0033-documents.ts'
import type { Migration } from './migration.ts'

/** All migrations, in order; a book's schema version is the number of the last one it has had. */
export const migrations: readonly Migration[] = [
  first,
  imports,
  aliases,
  work,
  finding,
  reports,
  tasks,
  knownDays,
  dealProperties,
  erasedKeys,
  nextSteps,
  importsDays,
  stays,
  stayCounts,
  products,
  authors,
  times,
  dealDetails,
  goals,
  addresses,
  clientDays,
  rates,
  taxIds,
  setChances,
  firm,
  dealCurrency,
  productCurrency,
  invoices,
  bankLines,
  matching,
  reminders,
  exportBatches,
  documents,
]

/** The schema version that this program reads and writes. */
export const schemaVersion = migrations.at(-1)?.number ?? 0
