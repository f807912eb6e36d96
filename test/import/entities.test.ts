import { describe, expect, it } from 'vitest'
import { decodeEntities } from '../../src/import/values/entities.ts'
import { importsInside } from '../support/imports.ts'

describe('entities', () => {
  it.each([
    ['Tom &amp; Jerry', 'Tom & Jerry'],
    ['M&uuml;ller', 'Müller'],
    ['O&#39;Neil O&#039;Neil O&#x27;Neil', "O'Neil O'Neil O'Neil"],
    ['&lt;b&gt; &quot;x&quot;', '<b> "x"'],
    ['5&nbsp;&euro;', '5\u00A0€'],
    ['R&amp;amp;D M&amp;uuml;ller', 'R&D Müller'],
    ['&Uuml; &yuml; &thorn; &divide; &times;', 'Ü ÿ þ ÷ ×'],
    ['AT&T; R&D; A & B; &x; & &amp', 'AT&T; R&D; A & B; &x; & &amp'],
    ['&#0; &#27; &#x9b; &#xD800; &#1114112;', '&#0; &#27; &#x9b; &#xD800; &#1114112;'],
    ['https://x.example/?a=1&copy=2', 'https://x.example/?a=1&copy=2'],
  ])('%s', (text, plain) => {
    expect(decodeEntities(text)).toBe(plain)
  })
})

describe('a file that another program escaped', () => {
  it('is read as text, which a note counts by column', async () => {
    const { bring, look } = await importsInside()
    const { notes } = await bring('clients', [
      'Name,City,Note',
      'M&uuml;ller &amp; Sons,K&ouml;ln,plain',
      'AT&T;,Bonn,it&#39;s',
      'Fish & Chips,Kiel,x',
    ])
    expect(notes).toContain(
      '3 cells held signs as web pages write them (such as &amp;), which were read as plain text: “Name”, “City”, “Note”',
    )
    expect(look('SELECT name FROM clients ORDER BY id')).toEqual([
      { name: 'Müller & Sons' },
      { name: 'AT&T;' },
      { name: 'Fish & Chips' },
    ])
  })

  it('is left alone where nearly every & is meant as it stands', async () => {
    const { bring, look } = await importsInside()
    const names = Array.from({ length: 12 }, (_, n) => `A${n} & B${n}`)
    const { notes } = await bring('clients', ['Name', ...names, 'Say &amp; Sons'])
    expect(notes).toEqual([])
    expect(look("SELECT count(*) AS n FROM clients WHERE name = 'Say &amp; Sons'")).toEqual([
      { n: 1 },
    ])
  })

  it('an export of the book gives back to the letter what it holds', async () => {
    const first = await importsInside()
    await first.ok('client', 'add', 'A &amp; B', '--note', 'see &lt;')
    for (const format of ['csv', 'json', 'vcard', 'xlsx']) {
      const made = await importsInside()
      const file = `${first.folder}/c.${format}`
      await first.ok('export', 'clients', '--format', format, '--out', file)
      await made.ok('import', 'clients', file)
      expect(made.look('SELECT name, note FROM clients')).toEqual([
        { name: 'A &amp; B', note: 'see &lt;' },
      ])
    }
  })
})
