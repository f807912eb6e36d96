import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../src/domain/fault.ts'
import { seededRandom } from '../../../src/domain/random.ts'
import { readStatements } from '../../../src/money/bank/read.ts'
import type { StatementKind } from '../../../src/money/bank/recognise.ts'
import type { StatementFile } from '../../../src/money/bank/statement.ts'

const fixture = (name: string): Buffer => readFileSync(`fixtures/bank/${name}`)
const FILES: [StatementKind, string][] = [
  ['camt', fixture('november.camt053.xml').toString()],
  ['mt940', fixture('november.sta').toString()],
  ['ofx', fixture('november.ofx').toString()],
  ['ofx', fixture('november.qfx').toString()],
  ['1c', iconv.decode(fixture('kl_to_1c.txt'), 'windows-1251')],
]

/** So many changed files of each kind. */
const CHANGES = Number(process.env.FUNNEL_FUZZ ?? 150)
const TOKENS = [
  '<',
  '>',
  '&',
  '</',
  '&#0;',
  ']]>',
  ':61:',
  ':62F:',
  '=',
  '\n',
  '\0',
  '?20',
  '/',
  'NaN',
  '9'.repeat(400),
  '<!DOCTYPE a>',
]

/** What is read, or the fault; anything else that is thrown is a fault of the reader. */
async function outcome(kind: StatementKind, text: string): Promise<StatementFile | Fault> {
  try {
    return await readStatements(kind, text, 'f')
  } catch (error) {
    if (error instanceof Fault && error.code === 'usage') return error
    throw error
  }
}

describe.each(FILES)('%s', (kind, whole) => {
  it('is never read by half, wherever it breaks off', async () => {
    const all = await outcome(kind, whole)
    expect(all).not.toBeInstanceOf(Fault)
    const end = whole.trimEnd().length
    for (let at = 50; at < end; at += 61) {
      const cut = await outcome(kind, whole.slice(0, at))
      if (cut instanceof Fault) continue
      // What was left off came after the closing balance.
      expect([at, cut.statements.map(({ bookings }) => bookings)]).toEqual([
        at,
        (all as StatementFile).statements.map(({ bookings }) => bookings),
      ])
    }
  })

  it('is read or refused in plain words, whatever is changed in it', async () => {
    const random = seededRandom(whole.length)
    let read = 0
    for (let index = 0; index < CHANGES; index += 1) {
      let text = whole
      for (let changes = 1 + random() * 4; changes > 0; changes -= 1) {
        const at = Math.floor(random() * text.length)
        const token = TOKENS[Math.floor(random() * TOKENS.length)] ?? ''
        const gap = Math.floor(random() ** 3 * 100)
        text = text.slice(0, at) + (random() < 0.6 ? token : '') + text.slice(at + gap)
      }
      const began = Date.now()
      if (!((await outcome(kind, text)) instanceof Fault)) read += 1
      expect(Date.now() - began).toBeLessThan(2000)
    }
    expect(read).toBeGreaterThan(0)
  })
})

it('is quick with lines, tags and elements without end', async () => {
  const long: [StatementKind, string][] = [
    [
      'mt940',
      `:20:X\n:25:1\n:60F:C261102EUR1,\n:61:261102C5,NTRF\n:86:${'?20x'.repeat(50_000)}\n:62F:C261102EUR6,\n`,
    ],
    ['mt940', `:20:X\n:25:1\n:60F:C261102EUR1,\n:61:${'1'.repeat(200_000)}\n:62F:C261102EUR6,\n`],
    ['mt940', `:20:X\n:25:1\n:86:/REMI/${'/NAME/'.repeat(25_000)}\n`],
    ['ofx', `OFXHEADER:100\n<OFX>${'<A>'.repeat(50_000)}</OFX>`],
    ['ofx', `OFXHEADER:100\n<OFX>${'<A '.repeat(50_000)}</OFX>`],
    ['1c', `1CClientBankExchange\n${'РасчСчет=1\n'.repeat(25_000)}КонецФайла`],
    [
      'camt',
      `<Document><BkToCstmrStmt><Stmt>${'<Ntry/>'.repeat(25_000)}</Stmt></BkToCstmrStmt></Document>`,
    ],
  ]
  for (const [kind, text] of long) {
    const began = Date.now()
    await outcome(kind, text)
    expect([kind, text.slice(0, 40), Date.now() - began < 3000]).toEqual([
      kind,
      text.slice(0, 40),
      true,
    ])
  }
})
