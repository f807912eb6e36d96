import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { defineCommand, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { clearable, textOptions } from '../../cli/options.ts'
import { addressLine } from '../../domain/address.ts'
import { Fault } from '../../domain/fault.ts'
import { COMPANY_TEXTS, missingFor } from '../../domain/firm/company.ts'
import { type Logo, readLogo } from '../../domain/firm/logo.ts'
import { doubtsAbout, givenTexts, namesOf, wordFor } from '../../domain/text-fields.ts'
import { type Column, listReport, type Report } from '../../domain/table.ts'
import { unreadable } from '../../import/read/file.ts'
import { listAccounts } from '../../records/firm/bank-accounts.ts'
import { loadCompany } from '../../records/firm/company.ts'
import { setCompany } from '../../records/firm/company.ts'
import { accountSection } from '../bank/section.ts'
import { readCountry } from '../shared/client-fields.ts'

/** More than any logo may have; its own limit is said by `readLogo`. */
const MOST_READ = 64 << 20

/** Reads a picture. @throws Fault `usage` if it cannot be read, or cannot be a logo. */
function logoIn(context: Context, name: string): Logo {
  const file = path.resolve(context.io.cwd, name)
  try {
    if (statSync(file).size > MOST_READ) throw new Fault('usage', `${name} is too large for a logo`)
    return readLogo(readFileSync(file), name)
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(error, name)
  }
}

const {
  country,
  vat_id: vatId,
  tax_number: taxNumber,
  e_address: eAddress,
  ...texts
} = textOptions(COMPANY_TEXTS)

export const set = defineCommand({
  description:
    'What invoices and proposals say of you. What is not given stays; none clears. The logo is kept in ' +
    'the book: PNG, JPEG or SVG, at most 512 KiB.',
  options: {
    ...texts,
    country: { ...country, read: readCountry },
    vatId,
    taxNumber,
    eAddress,
    logo: clearable(
      option('--logo <file>', 'the logo for papers', (text, context) => logoIn(context, text)),
    ),
  },
  examples: [
    'company set --name "Harbour Cooling" --street "Hafenstr. 1" --postcode 20457 --town Hamburg --country DE',
    'company set --vat-id DE136695976 --register "HRB 12345, Hamburg" --e-address 0088:4012345000009',
  ],
  run: (context, _args, { vatId: vat_id, taxNumber: tax_number, eAddress: e_address, ...rest }) =>
    context.change({}, async (db, moment) => {
      const given = { ...rest, vat_id, tax_number, e_address }
      const changed = (await setCompany(db, given)).map(wordFor)
      for (const doubt of doubtsAbout(
        COMPANY_TEXTS,
        givenTexts(COMPANY_TEXTS, given),
        moment.today,
      )) {
        context.say(`note: ${doubt}`)
      }
      return { summary: `set your company’s ${changed.join(', ')}`, result: { changed } }
    }),
})

const MISSING: Column[] = [
  { key: 'what', label: 'Missing', type: 'text' },
  { key: 'needed', label: 'For', type: 'text' },
  { key: 'command', label: 'To add it', type: 'text' },
]

async function card(context: Context): Promise<Report> {
  const { db, settings } = await context.book()
  const { logo, ...company } = await loadCompany(db)
  const accounts = await listAccounts(db, settings.locale?.tag ?? null)
  const missing = missingFor(company, accounts.length)
  const inAddress = new Set(['name', 'street', 'postcode', 'town', 'country'])
  const size = logo === null ? null : `${logo.kind.toUpperCase()}, ${logo.bytes.length} bytes`
  const lines: [string, string | null][] = [
    ['Address', addressLine(company)],
    ...namesOf(COMPANY_TEXTS)
      .filter((name) => !inAddress.has(name))
      .map((name): [string, string | null] => [COMPANY_TEXTS[name].label, company[name]]),
    ['Logo', size],
  ]
  return {
    ...listReport(
      'company',
      company.name === null ? 'Your company' : `Your company: ${company.name}`,
      accountSection(accounts),
    ),
    card: true,
    subtitle: lines
      .filter(([, value]) => value !== null)
      .map(([what, value]) => `${what}: ${value}`),
    head: {
      ...company,
      logo: logo?.kind ?? null,
      logo_bytes: logo?.bytes.length ?? null,
      complete: !missing.some(({ needed }) => needed === 'invoice'),
    },
    sections: [
      accountSection(accounts),
      {
        key: 'missing',
        title: 'Missing',
        columns: MISSING,
        rows: missing.map((row) => ({ ...row })),
      },
    ],
    empty: '',
  }
}

export const show = defineCommand({
  description: 'Your company and its accounts, and what an invoice needs that is not there yet.',
  options: {},
  examples: ['company show', 'company show --json'],
  async run(context) {
    await context.print(await card(context))
  },
})
