import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DOCUMENT_KINDS } from '../../src/documents/kinds.ts'
import { documentMaker } from '../../src/documents/maker.ts'
import { samplePaper } from '../../src/documents/sample.ts'
import { addTemplate } from '../../src/documents/templates/store.ts'
import { builtInTemplate } from '../../src/documents/templates/built-in.ts'
import { BLOCKS } from '../../src/domain/documents.ts'
import { DOCUMENT_LANGUAGES } from '../../src/domain/language.ts'
import { newBook, perform } from '../support/book.ts'
import { temporaryFolder } from '../support/funnel.ts'

/** Lets LibreOffice write files as another kind, into a folder of its own. */
function converted(folder: string, to: string, files: readonly string[]): string {
  const out = path.join(folder, to)
  const args = ['--headless', `-env:UserInstallation=file://${folder}/profile`]
  execFileSync('soffice', [...args, '--convert-to', to, '--outdir', out, ...files], {
    stdio: 'ignore',
  })
  return out
}

const bare = (text: string): string => text.replaceAll(/\s/g, '')

const textOf = (file: string): string =>
  bare(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }))

describe.each(['docx', 'odt'] as const)('LibreOffice, of a document as %s', (format) => {
  it('shows every line and every sum, also when it has saved it again', async () => {
    const { db, settings } = newBook()
    const make = await documentMaker(db, settings)
    const folder = temporaryFolder()
    const all = await Promise.all(
      DOCUMENT_KINDS.flatMap((kind) =>
        DOCUMENT_LANGUAGES.map(async (language) => {
          const { bytes, fields } = await make(samplePaper(kind, language), { format })
          const name = `${kind}-${language}`
          writeFileSync(path.join(folder, `${name}.${format}`), bytes)
          return { name, fields }
        }),
      ),
    )
    const files = all.map(({ name }) => path.join(folder, `${name}.${format}`))
    const shown = converted(folder, 'pdf', files)
    // Saved as the other kind, and shown again.
    const other = format === 'docx' ? 'odt' : 'docx'
    const saved = converted(folder, other, files)
    const again = converted(
      saved,
      'pdf',
      all.map(({ name }) => path.join(saved, `${name}.${other}`)),
    )
    for (const { name, fields } of all) {
      const wanted = [
        fields.number,
        ...fields.lines.flatMap((line) => [line.name, line.price, line.net]),
        ...fields.sums.map(({ value }) => value),
        ...fields.late.map(({ open }) => open),
        ...fields.payment.facts.map(({ value }) => value),
      ]
      for (const out of [shown, again]) {
        const text = textOf(path.join(out, `${name}.pdf`))
        expect([name, wanted.filter((one) => !text.includes(bare(one)))]).toEqual([name, []])
      }
    }
  })

  it('makes a PDF of a template of the user’s own', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      const look = { color: '#7a1f3d', blocks: BLOCKS }
      const body = await builtInTemplate('invoice', 'de', format, look)
      const values = { name: 'mine', kind: 'invoice' as const, language: null, isDefault: false }
      await addTemplate(db, { ...values, body })
    })
    const make = await documentMaker(book.db, book.settings)
    const how = { format: 'pdf' as const, template: 'mine' }
    const { bytes, fields } = await make(samplePaper('invoice', 'de'), how)
    const file = path.join(temporaryFolder(), 'invoice.pdf')
    writeFileSync(file, bytes)
    expect(readFileSync(file, 'latin1').slice(0, 5)).toBe('%PDF-')
    const text = textOf(file)
    expect(fields.sums.filter(({ value }) => !text.includes(bare(value)))).toEqual([])
  })
})
