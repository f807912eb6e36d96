import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { desk, temporaryFolder } from '../support/funnel.ts'
import { ODD_TEXTS, oddWorkbook } from '../support/odd-table.ts'

/** LibreOffice's filter of CSV: comma, double quote, UTF-8, from line 1. */
const CSV = '44,34,76,1'

/** How it writes CSV: texts in quotes, all else as its format shows it, formulas as such. */
const TEXTS_QUOTED = `csv:Text - txt - csv (StarCalc):${CSV},,0,true,true,true`

/** What LibreOffice reads in a file: texts, and `{shown}` for what is not text (or has a comma). */
function readByLibreOffice(file: string, filter?: string): unknown[][] {
  const folder = path.dirname(file)
  const out = path.join(folder, 'out')
  const args = ['--headless', `-env:UserInstallation=file://${folder}/profile`]
  if (filter) args.push(`--infilter=${filter}`)
  args.push('--convert-to', TEXTS_QUOTED, '--outdir', out, file)
  execFileSync('soffice', args, { stdio: 'ignore' })
  return parse(readFileSync(path.join(out, `${path.parse(file).name}.csv`), 'utf8'), {
    cast: (shown, { quoting }) => (quoting ? shown : { shown }),
  })
}

describe('LibreOffice', () => {
  it('reads every text of a workbook as text, and numbers, days and yes or no as such', async () => {
    const file = path.join(temporaryFolder(), 'odd.xlsx')
    writeFileSync(file, await oddWorkbook())
    const [head, ...rows] = readByLibreOffice(file)
    expect(head).toEqual(['text', 'day', 'sum', 'share', 'count', 'flag'])
    expect(rows.map(([text]) => text)).toEqual(ODD_TEXTS)
    const [day, sum, share, count, flag] = ['2026-10-01', '1,000.50', '1.0%', '1', 'FALSE'].map(
      (shown) => ({ shown }),
    )
    expect(rows[1]?.slice(1)).toEqual([day, sum?.shown, share, count, flag])
  })

  it('takes no text of exported CSV for a formula', () => {
    const { file, ok } = desk()
    const texts = ODD_TEXTS.filter((text) => /^[=+@]/.test(text))
    for (const [at, text] of texts.entries()) {
      ok('client', 'add', `Client ${at}`, `--region=${text}`)
    }
    ok('export', 'clients', '--columns', 'region', '--out', 'clients.csv')
    const [, ...rows] = readByLibreOffice(file('clients.csv'), `CSV:${CSV}`)
    expect(rows).toEqual(texts.map((text) => [`'${text}`]))
  })
})
