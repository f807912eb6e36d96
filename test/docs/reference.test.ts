import { cpSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { BINARY, emptyDesk } from '../support/funnel.ts'

const ROOT = path.resolve(path.dirname(BINARY), '..')

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.trim()}\n\`\`\`\n`
}

/** The program's command lines in the code blocks of a document. */
function funnelLines(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code ?? '')
  return blocks
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('funnel '))
}

describe('docs/REFERENCE.md', () => {
  it('is what the commands say of themselves', async () => {
    const { ok } = emptyDesk()
    const parts = commands.map(({ path: name }) => {
      const help = ok(...name.split(' '), '--help').replace(/\nGlobal Options:\n(?: {2}.*\n)*/, '')
      return `## funnel ${name}\n\n${fenced(help)}`
    })
    const text = [
      '# Commands\n',
      'Made from the commands themselves by `npm run docs:fix`.\n',
      fenced(ok('--help')),
      ...parts,
    ].join('\n')
    await expect(text).toMatchFileSnapshot(path.join(ROOT, 'docs/REFERENCE.md'))
  })
})

describe('the documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(path.join(ROOT, 'docs'))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ]

  it.each(documents)('%s names only commands and files that are there', (file) => {
    const text = read(file)
    const known = new Set(commands.map(({ path: name }) => name))
    for (const [, line = ''] of text.matchAll(/(?:^|\$ |`)funnel ([a-z][^\n`]*)/gm)) {
      const [first = '', second = '', third = ''] = line.split(/\s+/)
      if (['--help', 'help', 'COMMAND'].includes(first)) continue
      const isCommand = [first, `${first} ${second}`, `${first} ${second} ${third}`].some((name) =>
        known.has(name),
      )
      const isGroup =
        [...known].some((name) => name.startsWith(`${first} `)) && /^(--|\W|$)/.test(second)
      expect({ file, line, known: isCommand || isGroup }).toEqual({ file, line, known: true })
    }
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      expect(() => readFileSync(path.resolve(ROOT, path.dirname(file), link))).not.toThrow()
    }
    for (const [, source = ''] of text.matchAll(
      /`((?:src|test|fixtures|bin|docs)\/(?!\S*N)[\w./-]+\.\w+)`/g,
    )) {
      expect(() => readFileSync(path.join(ROOT, source))).not.toThrow()
    }
  })

  const walks = ['README.md', 'docs/START.md docs/DAILY.md', 'docs/IMPORT.md']

  it.each(walks)('have lines that work as they stand, one after another: %s', (walk) => {
    const made = emptyDesk()
    cpSync(path.join(ROOT, 'fixtures/demo'), made.folder, { recursive: true })
    const lines = walk.split(' ').flatMap((file) => funnelLines(read(file)))
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) {
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[2] ?? '')
      const { code, err } = made.run(...words.slice(1))
      expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, code: 0, err: '' })
    }
    expect(made.run('doctor')).toMatchObject({ code: 0 })
  })

  it('show the newcomer’s two lines at the top of the README', () => {
    const top = read('README.md').split('\n').slice(0, 20).join('\n')
    expect(top).toContain('npm ci && npm run demo')
    expect(top).toContain('npm cit')
  })
})
