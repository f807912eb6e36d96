import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desk, emptyDesk, newFolder } from '../support/funnel.ts'

const FOLDER = newFolder()
const { ok, run, file } = emptyDesk({}, FOLDER)
const json = (...args: string[]) => JSON.parse(ok(...args, '--json'))

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))
beforeAll(() => {
  desk({}, FOLDER)
  ok('company', 'set', '--name', 'Harbour Cooling', '--street', 'Kai 5', '--town', 'Hamburg')
  const address = ['--street', 'Weg 1', '--postcode', '53111', '--town', 'Bonn', '--country', 'DE']
  ok('client', 'add', 'Nordlicht GmbH', ...address, '--language', 'de', '--contact', 'Ines Kühn')
})

describe('templates of documents', () => {
  it('begin with a built-in one, are tried out, and are then used', () => {
    ok('template', 'show', 'letter-de', '--format', 'docx', '--out', 'letter.docx')
    expect(ok('template', 'check', 'letter.docx', '--kind', 'letter')).not.toContain('unknown')
    const added = json('template', 'add', 'letter.docx', '--kind', 'letter', '--default')
    expect(added).toMatchObject({ name: 'letter', format: 'docx', default: true })
    ok('letter', 'make', 'nordlicht', '--subject', 'Umzug', '--text', 'Kai 6', '--out', 'a.docx')
    const text = strFromU8(unzipSync(readFileSync(file('a.docx')))['word/document.xml']!)
    expect(text).toContain('Sehr geehrte Damen und Herren,')
    // The file that was added comes back byte for byte.
    ok('template', 'show', 'letter', '--out', 'again.docx')
    expect(readFileSync(file('again.docx')).equals(readFileSync(file('letter.docx')))).toBe(true)
  })

  it('with a field that is not known are refused, with what was meant', () => {
    writeFileSync(file('odd.html'), '<p>{{ title }} {{ client.nam }} {{ body }}</p>')
    const checked = run('template', 'check', 'odd.html', '--kind', 'letter')
    expect([checked.code, checked.out]).toEqual([
      1,
      expect.stringContaining('did you mean client.name?'),
    ])
    const { code, err } = run('template', 'add', 'odd.html', '--kind', 'letter')
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('{client.nam} (did you mean client.name?)'),
    ])
    expect(run('template', 'add', 'odd.html').err).toContain('--kind invoice')
    expect(run('template', 'add', 'none.html', '--kind', 'letter').err).toContain('cannot be read')
    expect(run('template', 'check', 'none.html').code).toBe(3)
    expect(run('template', 'show', 'letter-fr').code).toBe(3)
    expect(run('template', 'show', 'invoice-de', '--format', 'odt').err).toContain('--out')
  })

  it('can be changed and dropped, and undo takes that back', () => {
    writeFileSync(file('page.html'), '<p>{{ title }} {{ body }}</p>')
    ok('template', 'add', 'page.html', '--kind', 'letter', '--language', 'German', '--default')
    ok('letter', 'make', 'nordlicht', '--subject', 'Eins', '--text', 'Zwei', '--out', 'b.html')
    expect(readFileSync(file('b.html'), 'utf8')).toMatch(/^<meta [^>]*>\n<p>Eins Zwei<\/p>$/)
    writeFileSync(file('page.html'), '<h1>{{ title }}</h1>{{ body }}')
    ok('template', 'edit', 'page', '--file', 'page.html', '--name', 'Brief', '--not-default')
    expect(json('template', 'list').templates).toMatchObject([
      { name: 'Brief', language: 'de', format: 'html', default: false },
      { name: 'letter', language: null, format: 'docx', default: true },
    ])
    ok('letter', 'make', 'nordlicht', '--subject', 'A', '--text', 'B', '--out', 'c.html')
    expect(readFileSync(file('c.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/)
    const named = ['--template', 'brief', '--out', 'd.html']
    ok('letter', 'make', 'nordlicht', '--subject', 'A', '--text', 'B', ...named)
    expect(readFileSync(file('d.html'), 'utf8')).toMatch(/<h1>A<\/h1>B$/)
    ok('template', 'drop', 'brief')
    ok('undo')
    expect(json('template', 'list').templates).toHaveLength(2)
    expect(
      run('template', 'add', 'page.html', '--kind', 'letter', '--name', 'BRIEF').err,
    ).toContain('that of another template')
  })
})

describe('texts of documents', () => {
  it('are changed for one language, and go back to the usual ones', () => {
    const usual = ok('template', 'text', 'letter', 'closing', '--language', 'de')
    expect(usual).toBe('Mit freundlichen Grüßen\n{company}\n')
    ok(
      'template',
      'text',
      'letter',
      'closing',
      '--language',
      'de',
      '--text',
      'Beste Grüße\n{company}',
    )
    const letter = ['letter', 'make', 'nordlicht', '--subject', 'A', '--text', 'B', '--dry-run']
    expect(ok(...letter)).toContain('Beste Grüße\nHarbour Cooling\n')
    expect(ok('template', 'text', 'letter', 'closing')).toContain('Kind regards')
    ok('template', 'text', 'letter', 'closing', '--language', 'de', '--reset')
    expect(ok('template', 'text', 'letter', 'closing', '--language', 'de')).toBe(usual)
  })

  it('of reminders are those of reminder text in the language of the book', () => {
    writeFileSync(file('first.txt'), 'Money, please\n\n{invoices}')
    ok('template', 'text', 'reminder', '1', '--file', 'first.txt')
    expect(ok('reminder', 'text', '1')).toBe('Money, please\n\n{invoices}\n')
    expect(json('template', 'text', 'reminder', '1').own).toBe(true)
    expect(ok('template', 'text', 'reminder', '1', '--language', 'ru')).toContain('Здравствуйте!')
    ok('reminder', 'text', '1', '--reset')
    expect(json('template', 'text', 'reminder', '1').own).toBe(false)
  })

  it.each([
    [['letter', 'middle'], 'a letter has no text “middle”'],
    [['reminder', '9'], 'reminders have no level “9”'],
    [['bill', 'intro'], '“bill” is not a kind of document'],
    [['letter', 'intro', '--text', '{naem}'], '“{naem}” is not known in a text'],
    [['invoice', 'mail', '--text', 'one line'], 'a mail needs a subject and a text'],
    [['letter', 'intro', '--text', 'a', '--reset'], 'cannot be used together'],
    [['letter', 'intro', '--language', 'fr'], 'documents cannot be written in “fr”'],
  ])('%j is refused', (args, why) => {
    const { code, err } = run('template', 'text', ...args)
    expect([code === 2 || code === 3, err]).toEqual([true, expect.stringContaining(why)])
  })
})

describe('letters', () => {
  it('are kept as they were made, logged with the client, and the same each time', () => {
    const letter = [
      'letter',
      'make',
      'nordlicht',
      '--subject',
      'Neue Preise',
      '--text',
      'Ab Januar.',
    ]
    const first = json(...letter, '--contact', 'Ines', '--out', 'one.pdf')
    ok(...letter, '--contact', 'Ines', '--out', 'two.pdf')
    const bytes = readFileSync(file('one.pdf'))
    expect(bytes.equals(readFileSync(file('two.pdf')))).toBe(true)
    ok('document', 'show', String(first.document), '--out', 'kept.pdf')
    expect(bytes.equals(readFileSync(file('kept.pdf')))).toBe(true)
    expect(ok('client', 'show', 'nordlicht')).toContain('Letter “Neue Preise” (one.pdf)')
    ok(...letter)
    expect(readFileSync(file('Neue-Preise.pdf')).length).toBeGreaterThan(1000)
  })

  it('without a text, a subject or a client say what is missing', () => {
    expect(run('letter', 'make', 'nordlicht', '--text', 'x').err).toContain('needs a subject')
    expect(run('letter', 'make', 'nordlicht', '--subject', 'x').err).toContain('needs a text')
    const letter = ['letter', 'make', 'nobody', '--subject', 'x', '--text', 'y']
    expect(run(...letter).code).toBe(3)
  })
})

describe('settings of looks', () => {
  it.each([
    ['document-language', 'Deutsch', 'de'],
    ['document-language', 'de_at', 'de-AT'],
    ['document-color', 'ABC', '#aabbcc'],
    ['document-blocks', 'title, lines  sums', 'title,lines,sums'],
    ['proposal-valid', '14', '14'],
    ['proposal-valid', 'none', ''],
  ])('%s takes %s', (name, typed, kept) => {
    ok('settings', 'set', name, typed)
    expect(ok('settings', 'get', name).trim()).toBe(kept)
  })

  it.each([
    ['document-language', 'fr', 'documents cannot be written in “fr”'],
    ['document-color', 'blueish', 'is not a colour'],
    ['document-blocks', 'title, page', 'documents have no block “page”'],
    ['document-blocks', 'title, title', 'given twice'],
    ['proposal-valid', '0', 'is not a number of days'],
  ])('%s refuses %s', (name, typed, why) => {
    const { code, err } = run('settings', 'set', name, typed)
    expect([code, err]).toEqual([2, expect.stringContaining(why)])
  })
})
