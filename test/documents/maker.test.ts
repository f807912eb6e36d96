import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { documentMaker } from '../../src/documents/maker.ts'
import { samplePaper } from '../../src/documents/sample.ts'
import { DOCUMENT_KINDS } from '../../src/documents/kinds.ts'
import { builtInTemplate } from '../../src/documents/templates/built-in.ts'
import { checkTemplate } from '../../src/documents/templates/check.ts'
import { fillTemplate } from '../../src/documents/templates/fill.ts'
import { everyField, KNOWN_FIELDS, sampleView } from '../../src/documents/templates/known-fields.ts'
import { valueAt } from '../../src/documents/templates/office/scope.ts'
import {
  readTemplate,
  TEMPLATE_FORMATS,
  templateBytes,
} from '../../src/documents/templates/read.ts'
import { addTemplate } from '../../src/documents/templates/store.ts'
import { BLOCKS } from '../../src/domain/documents.ts'
import { DOCUMENT_LANGUAGES } from '../../src/domain/language.ts'
import { perform, newBook } from '../support/book.ts'
import { faultOf } from '../support/fault-of.ts'

const LOOK = { logo: null, color: '#1f4e79', blocks: BLOCKS }

/** What people read in a document: its text without its markup. */
function textIn(format: string, bytes: Uint8Array): string {
  const parts =
    format === 'html'
      ? [strFromU8(bytes)]
      : Object.entries(unzipSync(bytes))
          .filter(([name]) => /^(?:content|styles|word\/(?:document|footer1))\.xml$/.test(name))
          .map(([, part]) => strFromU8(part))
  return parts
    .join('\n')
    .replaceAll(/<style>[^]*?<\/style>/g, '')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&quot;|&#34;/g, '"')
    .replaceAll(/&#39;|&apos;/g, "'")
    .replaceAll('&amp;', '&')
}

/** A page without the policy that each begins with. */
const withoutPolicy = (page: string): string => page.replace(/^<meta [^>]*>\n/, '')

test('every kind in every language and format says the same, and the same input makes the same bytes', async () => {
  const { db, settings } = newBook()
  const make = await documentMaker(db, settings)
  for (const kind of DOCUMENT_KINDS) {
    for (const language of DOCUMENT_LANGUAGES) {
      for (const format of TEMPLATE_FORMATS) {
        const paper = samplePaper(kind, language)
        const { bytes, fields, templateId } = await make(paper, { format })
        const again = await make(paper, { format })
        expect(Buffer.compare(bytes, again.bytes)).toBe(0)
        expect(templateId).toBeNull()
        const text = textIn(format, bytes)
        const said = [
          fields.title,
          ...fields.facts.flatMap(({ label, value }) => [label, value]),
          ...fields.sums.flatMap(({ label, value }) => [label, value]),
          ...[...fields.lines, ...fields.options].flatMap(({ name, net }) => [name, net]),
          ...fields.late.map(({ open }) => open),
          ...fields.footer,
        ]
        expect(said.filter((part) => !text.includes(part))).toEqual([])
        expect(text).not.toMatch(/\{[#/]?\w|undefined|\[object/)
      }
    }
  }
})

test('a template of the book takes the place of the built-in one for its kind and language', async () => {
  const book = newBook()
  const { db, settings } = book
  await perform(book, async (within) => {
    for (const [name, language] of [
      ['Swiss', 'de-CH'],
      ['German', 'de'],
    ] as const) {
      await addTemplate(within, {
        name,
        kind: 'invoice',
        language,
        isDefault: true,
        body: { format: 'html', source: `<p>${name} {{ number }}</p>` },
      })
    }
  })
  const make = await documentMaker(db, settings)
  const made = async (tag: string, template?: string) => {
    const { bytes } = await make(samplePaper('invoice', tag), { format: 'html', template })
    return withoutPolicy(strFromU8(bytes)).slice(0, 40)
  }
  expect(await made('de-CH')).toBe('<p>Swiss 2026-0001</p>')
  expect(await made('de-AT')).toBe('<p>German 2026-0001</p>')
  expect(await made('en')).toMatch(/^<!DOCTYPE html>/)
  expect(await made('en', 'swiss')).toBe('<p>Swiss 2026-0001</p>')
  await expect(
    make(samplePaper('letter', 'en'), { format: 'html', template: 'Swiss' }),
  ).rejects.toThrow('is for an invoice, not for a letter')
})

test('a list of fields tells all that there are, and nothing else', () => {
  const every = everyField(LOOK)
  for (const { name, list } of KNOWN_FIELDS) {
    const within = list === null ? every : (valueAt(every, list) as (typeof every)[])[0]
    expect([list, name, valueAt(within!, name) === undefined]).toEqual([list, name, false])
  }
  const known = new Set(
    KNOWN_FIELDS.filter(({ list }) => list === null).map(({ name }) => name.split('.')[0]),
  )
  expect(Object.keys(every).filter((name) => !known.has(name))).toEqual([])
})

test('built-in templates use only fields that there are', async () => {
  for (const kind of DOCUMENT_KINDS) {
    for (const format of TEMPLATE_FORMATS) {
      const body = await builtInTemplate(kind, 'de', format, LOOK)
      const again = readTemplate(templateBytes(body), 'built-in')
      const found = await checkTemplate(again, kind, sampleView(kind, 'de', LOOK), LOOK)
      expect([kind, format, found.filter(({ problem }) => problem !== 'empty')]).toEqual([
        kind,
        format,
        [],
      ])
    }
  }
})

test('check names what is unknown, with what was meant, what is missing, and what would be empty', async () => {
  const check = (source: string) =>
    checkTemplate({ format: 'html', source }, 'invoice', sampleView('invoice', 'en', LOOK), LOOK)
  const found = await check(
    '<p>{{ client.nmae }} {{ titel }} {{ client.region }} {% for one in lines %}{{ one.nett }}{% endfor %}</p>',
  )
  expect(found).toEqual([
    { problem: 'unknown', field: 'client.nmae', about: 'did you mean client.name?' },
    { problem: 'unknown', field: 'titel', about: 'did you mean title?' },
    { problem: 'unknown', field: 'nett', about: 'did you mean net?' },
    { problem: 'missing', field: 'sums', about: 'an invoice needs it' },
    { problem: 'missing', field: 'number', about: 'an invoice needs it' },
    { problem: 'empty', field: 'client.region', about: 'this document has none' },
  ])
})

/** A document of Word or OpenDocument with other text. */
async function officeWith(format: 'docx' | 'odt', inner: string) {
  const body = await builtInTemplate('letter', 'en', format, LOOK)
  if (body.format === 'html') throw new Error('no document')
  const [part, from, to] =
    format === 'docx'
      ? (['word/document.xml', '<w:body>', '<w:sectPr>'] as const)
      : (['content.xml', '<office:text>', '</office:text>'] as const)
  const xml = strFromU8(body.files.get(part)!)
  const [before = '', rest = ''] = xml.split(from)
  body.files.set(part, strToU8(`${before}${from}${inner}${to}${rest.split(to)[1]}`))
  return body
}

const fillIn = async (
  format: 'docx' | 'odt',
  inner: string,
  view = sampleView('invoice', 'en', LOOK),
) => {
  const filled = await fillTemplate(await officeWith(format, inner), view, null, 'mine')
  const text = textIn(format, filled).replaceAll(/\n+/g, '|')
  return text
}

test('tags may be split over runs and spans, and rows, paragraphs and pieces of text repeat', async () => {
  const odt = await fillIn(
    'odt',
    '<text:p>{cl<text:span>ient.</text:span>na<text:span>me}!</text:span></text:p>' +
      '<table:table><table:table-row><table:table-cell><text:p>{#li<text:span>nes}{position}</text:span></text:p></table:table-cell>' +
      '<table:table-cell><text:p>{name}{/lines}</text:p></table:table-cell></table:table-row></table:table>' +
      '<text:p>{#lines}</text:p><text:p>= {net}</text:p><text:p>{/lines}</text:p>' +
      '<text:p>All:{#lines} <text:span>{position}</text:span>,{/lines} end</text:p>' +
      '<text:p>{#options}none{/options}</text:p><text:p>{intro}</text:p>',
  )
  expect(odt).toContain('|Nordlicht Möbel GmbH|!|')
  expect(odt).toContain('|1|Cold room|2|Installation|3|Handbook|')
  expect(odt).toContain('|= 3,562.47|= 675.00|= 49.00|')
  expect(odt).toContain('|All: |1|, |2|, |3|, end|')
  expect(odt).not.toContain('none')
  expect(odt).toContain('Dear Ingrid Möller,|For our goods')
  const docx = await fillIn(
    'docx',
    '<w:p><w:r><w:t>{cl</w:t></w:r><w:r><w:t>ient.na</w:t></w:r><w:r><w:t>me}!</w:t></w:r></w:p>' +
      '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{#lines}{position}</w:t></w:r></w:p></w:tc>' +
      '<w:tc><w:p><w:r><w:t>{name}{/lines}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
  )
  expect(docx).toContain('|Nordlicht Möbel GmbH|!|1|Cold room|2|Installation|3|Handbook|')
})

test('tags that do not fit together are named', async () => {
  const p = (text: string) => `<text:p>${text}</text:p>`
  await expect(fillIn('odt', p('{#lines}{name}'))).rejects.toThrow('{#lines} is not closed')
  await expect(fillIn('odt', p('{name}{/lines}'))).rejects.toThrow('{/lines} closes nothing')
  await expect(fillIn('docx', '<w:p><w:r><w:t>{#lines}</w:t></w:r></w:p>')).rejects.toThrow(
    /mine cannot be filled in/,
  )
  // Ten lines in ten lines in ten lines … would not end.
  const own = p('{#lines}{#note}{#lines}{name}{/lines}{/note}{/lines}')
  await expect(fillIn('odt', own)).rejects.toThrow('{#lines} is within {#lines}')
})

const HOSTILE = `</p><script>alert(1)</script>{{ 7 | times: 6 }}{% include "x" %}{#lines}{/x}{client.name}&lt;<w:t>]]>=1+1"'`

test('hostile texts in any field come out as they are in every format', async () => {
  const { db, settings } = newBook()
  const make = await documentMaker(db, settings)
  for (const kind of DOCUMENT_KINDS) {
    const paper = samplePaper(kind, 'en')
    const hostile = {
      ...paper,
      subject: HOSTILE,
      note: HOSTILE,
      body: kind === 'letter' ? HOSTILE : null,
      contact: HOSTILE,
      orderRef: HOSTILE,
      buyer: { ...paper.buyer, name: HOSTILE, street: HOSTILE, vat_id: HOSTILE },
      seller: { ...paper.seller, name: HOSTILE, register: `${HOSTILE}\u0000\u001b[31m` },
      lines: paper.lines.map((line) => ({
        ...line,
        text: `${HOSTILE}\n${HOSTILE}`,
        unit: HOSTILE,
      })),
    }
    for (const format of TEMPLATE_FORMATS) {
      const { bytes } = await make(hostile, { format })
      const text = textIn(format, bytes)
      expect(text.split(HOSTILE).length).toBeGreaterThan(kind === 'reminder' ? 3 : 4)
      expect(text).not.toContain('\u001b')
      if (format === 'html') expect(strFromU8(bytes)).not.toContain('<script>alert')
    }
  }
})

test('a page cannot read files, run code or go on for ever', async () => {
  const view = sampleView('invoice', 'en', LOOK)
  const fill = async (source: string) =>
    withoutPolicy(strFromU8(await fillTemplate({ format: 'html', source }, view, null, 'mine')))
  for (const tag of [
    '{% include "/etc/passwd" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "/etc/passwd" %}',
    '{{ client.name | raw }}',
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for a in lines %}{{ a.name }}',
  ]) {
    await expect(fill(tag)).rejects.toThrow(/the template mine cannot be filled in/)
  }
  expect(
    await fill(
      '{{ client.constructor }}{{ client.__proto__ }}{{ lines.constructor.name }}{{ constructor }}',
    ),
  ).toBe('')
  expect(
    await fillIn('odt', '<text:p>[{constructor}{client.__proto__}{client.toString}]</text:p>'),
  ).toContain('[]')
})

test('a file that is more than a template is refused', async () => {
  const refuse = (bytes: Uint8Array) => faultOf(() => readTemplate(bytes, 'mine')).message
  const page = (text: string) => strToU8(`<html><body>${text}</body></html>`)
  expect(refuse(page('<script>x</script>'))).toMatch(/runs or fetches something/)
  expect(refuse(page('<img src="x" onerror="x">'))).toMatch(/runs or fetches something/)
  expect(refuse(page('<a href="javascript:x">x</a>'))).toMatch(/runs or fetches something/)
  expect(refuse(page('<img src="https://x.example/a.png">'))).toMatch(/runs or fetches something/)
  expect(refuse(strToU8('just a text'))).toMatch(/neither HTML, DOCX nor ODT/)
  expect(refuse(new Uint8Array([0xff, 0xfe, 0x41]))).toMatch(/neither HTML, DOCX nor ODT/)

  const docx = await builtInTemplate('letter', 'en', 'docx', LOOK)
  const odt = await builtInTemplate('letter', 'en', 'odt', LOOK)
  const changed = (body: typeof docx, name: string, change: (text: string) => string) => {
    if (body.format === 'html') throw new Error('no document')
    const files = new Map(body.files)
    files.set(name, strToU8(change(strFromU8(files.get(name) ?? new Uint8Array()))))
    return templateBytes({ ...body, files })
  }
  const rels = (type: string) => (text: string) =>
    text.replace(
      '</Relationships>',
      `<Relationship Id="x" Type="http://x/${type}" Target="https://x.example/x" TargetMode="External"/></Relationships>`,
    )
  const REL = 'word/_rels/document.xml.rels'
  expect(refuse(changed(docx, REL, rels('image')))).toMatch(/refers to another file/)
  expect(
    refuse(
      changed(docx, 'word/_rels/settings.xml.rels', () =>
        rels('attachedTemplate')('<Relationships></Relationships>'),
      ),
    ),
  ).toMatch(/refers to another file/)
  expect(readTemplate(changed(docx, REL, rels('hyperlink')), 'mine').format).toBe('docx')
  expect(refuse(changed(docx, 'word/vbaProject.bin', () => 'x'))).toMatch(/holds a program/)
  expect(
    refuse(
      changed(docx, '[Content_Types].xml', (text) =>
        text.replace('document.main', 'document.macroEnabled.main'),
      ),
    ),
  ).toMatch(/can hold macros/)
  const field = (instr: string) => (text: string) =>
    text.replace(
      '<w:sectPr>',
      `<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>${instr}</w:instrText></w:r></w:p><w:sectPr>`,
    )
  expect(refuse(changed(docx, 'word/document.xml', field('TEXT "/etc/passwd"')))).toMatch(
    /reads other files/,
  )
  expect(
    refuse(
      changed(docx, 'word/document.xml', (text) =>
        text.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'),
      ),
    ),
  ).toMatch(/document type/)
  const image = '<draw:frame><draw:image xlink:href="file:///etc/passwd"/></draw:frame>'
  expect(
    refuse(
      changed(odt, 'content.xml', (text) =>
        text.replace('</office:text>', `<text:p>${image}</text:p></office:text>`),
      ),
    ),
  ).toMatch(/refers to another file/)
  expect(refuse(changed(odt, 'Basic/Standard/x.xml', () => '<x/>'))).toMatch(/holds a program/)
  expect(refuse(templateBytes(docx).slice(0, 900))).toMatch(/is damaged/)
  const bomb = zipSync({ '[Content_Types].xml': new Uint8Array(60 << 20) })
  expect(refuse(bomb)).toMatch(/too large/)
})
