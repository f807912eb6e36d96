import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDesk, newFolder } from '../support/funnel.ts'

const FOLDER = newFolder()
const { ok, run, file } = emptyDesk({}, FOLDER)
const parts: Record<string, Record<string, Uint8Array>> = {}

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))
beforeAll(() => {
  ok('init', '--currency', 'EUR', '--timezone', 'UTC')
  ok('company', 'set', '--name', 'Harbour Cooling', '--street', 'Kai 5', '--town', 'Hamburg')
  ok('client', 'add', 'Nordlicht', '--street', 'Weg 1', '--town', 'Bonn')
  for (const format of ['docx', 'odt']) {
    ok('template', 'show', 'letter-en', '--format', format, '--out', `base.${format}`)
    parts[format] = unzipSync(readFileSync(file(`base.${format}`)))
  }
})

/** A built-in template with one part changed, or one more. */
function changed(format: 'docx' | 'odt', part: string, change: (text: string) => string): void {
  const all = { ...parts[format] }
  all[part] = strToU8(change(strFromU8(all[part] ?? new Uint8Array())))
  writeFileSync(file(`bad.${format}`), zipSync(all))
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'

describe('templates that read other files', () => {
  it.each([
    [
      'a picture that is linked, by another prefix',
      'docx',
      'word/_rels/document.xml.rels',
      () =>
        `<x:Relationships xmlns:x="${RELATIONS}"><x:Relationship Id="r" Type="t/image" Target="http://evil.example/x.png" TargetMode="External"/></x:Relationships>`,
      'http://evil.example/x.png',
    ],
    [
      'a field, by another prefix',
      'docx',
      'word/document.xml',
      (text: string) =>
        text.replace(
          '<w:body>',
          `<w:body><w:p><q:fldSimple xmlns:q="${WORD}" q:instr=" INCLUDETEXT x "/></w:p>`,
        ),
      'INCLUDETEXT',
    ],
    [
      'a field in a part of another name',
      'docx',
      'word/head.foo',
      () => `<w:hdr xmlns:w="${WORD}"><w:instrText>INCLUDETEXT x</w:instrText></w:hdr>`,
      'INCLUDETEXT',
    ],
    [
      'a section of another file',
      'odt',
      'content.xml',
      (text: string) =>
        text.replace(
          '<office:text>',
          '<office:text><q:section-source xmlns:q="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:l="http://www.w3.org/1999/xlink" l:href="file:///etc/passwd"/>',
        ),
      'section-source',
    ],
  ] as const)('%s are refused', (_, format, part, change, said) => {
    changed(format, part, change)
    const { code, err } = run('template', 'add', `bad.${format}`, '--kind', 'letter')
    expect([code, err]).toEqual([2, expect.stringContaining(said)])
  })
})

it.each(['docx', 'odt'] as const)('a list within itself is refused in %s', (format) => {
  const [part, text, paragraph] =
    format === 'docx'
      ? ['word/document.xml', '<w:body>', ['<w:p><w:r><w:t>', '</w:t></w:r></w:p>']]
      : ['content.xml', '<office:text>', ['<text:p>', '</text:p>']]
  const tags = `${'{#lines}'.repeat(12)}x${'{/lines}'.repeat(12)}`
  changed(format, part, (all) => all.replace(text, `${text}${paragraph.join(tags)}`))
  const { code, err } = run('template', 'check', `bad.${format}`, '--kind', 'letter')
  expect([code, err]).toEqual([2, expect.stringContaining('{#lines} is within {#lines}')])
})

it('a page that puts together a program out of pieces may not run it', () => {
  const page = '<p>{{ title }}{{ body }}</p><{{ "script" }}>alert(1)</{{ "script" }}>'
  const policy =
    /^<!doctype html>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none';/
  const copied = '<!-- <meta http-equiv="Content-Security-Policy" content="default-src none"> -->'
  for (const [at, start] of ['<!doctype html>', `<!doctype html>${copied}`].entries()) {
    writeFileSync(file('my.html'), `${start}<html>${page}</html>`)
    ok('template', 'add', 'my.html', '--kind', 'letter', '--name', `my ${at}`)
    const made = ['--subject', 'A', '--text', '<b>', '--template', `my ${at}`]
    ok('letter', 'make', '1', ...made, '--out', `a${at}.html`)
    expect(readFileSync(file(`a${at}.html`), 'utf8')).toMatch(policy)
  }
})

it('a template that was damaged in the book is named, and can be given again', () => {
  const letter = ['letter', 'make', '1', '--subject', 'A', '--text', 'B', '--format', 'html']
  writeFileSync(file('mine.html'), '<p>{{ title }}{{ body }}</p>')
  ok('template', 'add', 'mine.html', '--kind', 'letter', '--name', 'mine', '--default')
  const book = new Database(file('funnel.db'))
  book.prepare("UPDATE templates SET body = 'AAAA' WHERE name = 'mine'").run()
  book.close()
  const { code, err } = run(...letter)
  expect([code, err]).toEqual([1, expect.stringMatching(/the template mine in the book cannot be/)])
  const [, again = ''] = /funnel (template edit \d+ --file) FILE/.exec(err) ?? []
  ok(...again.split(' '), 'mine.html')
  ok(...letter)
})
