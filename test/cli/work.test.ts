import { writeFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/main.ts'
import { desk, type Desk, TODAY } from '../support/funnel.ts'

function office(): Desk {
  const made = desk()
  made.ok('owner', 'add', 'Ann')
  made.ok('client', 'add', 'Harbour Foods', '--owner', 'Ann', '--contact', 'Sam Roy')
  made.ok('client', 'edit', '1', '--contact', 'Sara Lee')
  return made
}

/** Runs on a terminal, in this process, and types an answer when what is asked for appears. */
async function onTerminal(
  { folder }: Desk,
  args: string[],
  answers: [asked: string, answer: string][],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const [stdin, stderr] = [new PassThrough(), new PassThrough()]
  // As with a real terminal, the end of one question must not end the stream.
  stderr.end = () => stderr
  let [out, err, mark] = ['', '', 0]
  const waiting = [...answers]
  stderr.on('data', (part: Buffer) => {
    err += part.toString()
    const [asked, answer] = waiting[0] ?? []
    if (asked === undefined || !err.slice(mark).includes(asked)) return
    mark = err.length
    waiting.shift()
    setTimeout(() => stdin.write(`${answer}\n`), 20)
  })
  const io: Io = {
    stdin: Object.assign(stdin, { isTTY: true }),
    stdout: { write: (part: string) => (out += part) },
    stderr: Object.assign(stderr, { isTTY: true }),
    env: { FUNNEL_TODAY: TODAY, ...env },
    cwd: folder,
    now: () => new Date(),
  }
  const code = await run(args, io)
  return { code, out, err }
}

describe('funnel log', () => {
  it('takes in one line what was said, with whom, and what comes next', () => {
    const { ok, json } = office()
    ok(
      'log',
      'call',
      'harb',
      'wants',
      'a price',
      '--out',
      '--contact',
      'sam',
      '--result',
      'interested',
    )
    expect(
      json('log', 'email', '1', 'sent it', '--next', 'Ask about it', '--due', 'in 2 weeks'),
    ).toMatchObject({ interaction: 2, client: 1, deal: null, task: 1, due: '2026-12-07' })
    expect(json('client', 'show', '1')).toMatchObject({
      timeline: [
        { what: 'email', text: 'sent it', contact: null },
        { what: 'call out', text: 'wants a price', contact: 'Sam Roy', result: 'interested' },
        { what: 'added' },
      ],
      tasks: [{ text: 'Ask about it', due: '2026-12-07', owner: 'Ann' }],
    })
  })

  it('makes a deal of it, all or nothing', () => {
    const { ok, json, run: tried } = office()
    ok('process', 'edit', 'typical', '--ask-need')
    const open = ['--open-deal', 'Cold store', '--amount', '9000']
    expect(tried('log', 'call', '1', ...open)).toMatchObject({ code: 2 })
    expect(json('log', 'call', '1', 'needs a cold store', ...open)).toMatchObject({ deal: 1 })
    expect(json('deal', 'show', '1')).toMatchObject({
      need: 'needs a cold store',
      amount: 9000,
      owner: 'Ann',
    })
    expect(json<{ timeline: { deal: string }[] }>('client', 'show', '1').timeline[0]).toMatchObject(
      {
        deal: 'Cold store',
      },
    )
    ok('undo')
    expect(json('deal', 'list').deals).toEqual([])
    expect(json('task', 'list').tasks).toEqual([])
  })

  it.each([
    [['--contact', 'S'], 3, 'fits more than one contact: Sam Roy, Sara Lee'],
    [['--contact', 'Bo'], 3, 'funnel contact add 1 "Bo"'],
    [['--due', 'friday'], 2, '--due needs what is to be done'],
    [['--amount', '5'], 2, '--amount and --process are for the deal of --open-deal'],
    [['--next', 'Ring', '--due', '1/12'], 2, '“1/12” is not a day'],
    [['--on', 'tomorrow'], 2, 'is still to come'],
    [['--edit'], 2, 'set EDITOR'],
  ])('refuses %j', (options, code, text) => {
    const refusal = office().run('log', 'call', '1', 'x', ...options)
    expect(refusal.code).toBe(code)
    expect(refusal.err).toContain(text)
  })

  it('takes a long note from the editor, and nothing where that fails', async () => {
    const made = office()
    writeFileSync(made.file('editor.sh'), 'printf "first line\\nsecond line\\n" > "$1"')
    const editor = { EDITOR: `sh ${made.file('editor.sh')}` }
    expect(await onTerminal(made, ['log', 'note', '1', '--edit'], [], editor)).toMatchObject({
      code: 0,
    })
    // Nothing typed at the question opens it too.
    const asked = await onTerminal(made, ['log', 'meeting', '1'], [['said?', '']], editor)
    expect(asked.err).toContain('What was said? (nothing opens your editor)')
    const { timeline } = made.json<{ timeline: { text: string }[] }>('client', 'show', '1')
    expect(timeline.map(({ text }) => text)).toEqual([
      'first line\nsecond line',
      'first line\nsecond line',
      null,
    ])
    const failed = await onTerminal(made, ['log', 'note', '1', '--edit'], [], { EDITOR: 'false' })
    expect(failed).toMatchObject({ code: 1 })
    expect(made.json<{ timeline: unknown[] }>('client', 'show', '1').timeline).toHaveLength(3)
  })
})

describe('what a stage demands', () => {
  function demanding(): Desk {
    const made = office()
    const all = 'need, amount, cost, expected-close, contact, property:Fleet, call'
    made.ok('process', 'edit', 'typical', '--stage', 'qualification', '--demand', all)
    made.ok('client', 'add', 'Pier Nine')
    made.ok('deal', 'add', 'pier', 'Hood')
    return made
  }

  const FLAGS = [
    ['--need', 'a hood', '--amount', '900', '--cost', '500', '--expected-close', 'in 2 weeks'],
    ['--contact', 'Ida', '--property', 'Fleet=3', '--log', 'call: they agreed'],
  ].flat()

  it('is listed with the flags that give it, in a script', () => {
    const { run: tried, json } = demanding()
    for (const step of ['advance', 'win']) {
      const { code, err } = tried(step, '1')
      expect(code).toBe(2)
      expect(err).toBe(
        'funnel: deal 1 (Hood) cannot leave Qualification without: need, amount, cost, ' +
          'expected-close, contact, property:Fleet, call\n  give: --need TEXT --amount MONEY --cost ' +
          'MONEY --expected-close DAY --contact NAME --property "Fleet=VALUE" --log "call: TEXT"\n',
      )
    }
    expect(tried('move', '1', 'meeting prep')).toMatchObject({ code: 2 })
    expect(tried('advance', '1', '--log', 'fax: x')).toMatchObject({ code: 2 })
    expect(json('advance', '1', ...FLAGS)).toMatchObject({ stage: 'Meeting preparation' })
    expect(json('deal', 'show', '1')).toMatchObject({
      need: 'a hood',
      amount: 900,
      cost: 500,
      expected_close: '2026-12-07',
    })
    expect(json('client', 'show', 'pier')).toMatchObject({
      contacts: [{ name: 'Ida' }],
      properties: [{ name: 'Fleet', value: '3' }],
    })
  })

  it('does not hold back a loss or a step back', () => {
    const { ok, run: tried } = demanding()
    ok('advance', '1', ...FLAGS)
    ok('process', 'edit', 'typical', '--stage', 'meeting prep', '--demand', 'meeting')
    expect(tried('advance', '1')).toMatchObject({ code: 2 })
    expect(tried('move', '1', 'qualification')).toMatchObject({ code: 0 })
    expect(tried('lose', '1', '--reason', 'no need')).toMatchObject({ code: 0 })
  })

  it('is a call of this stay in the stage, and one that was answered', () => {
    const { ok, run: tried } = office()
    ok('process', 'edit', 'typical', '--stage', 'qualification', '--demand', 'call')
    ok('log', 'call', '1', 'before', '--on', '2026-10-31')
    ok('deal', 'add', '1', 'Hood', '--on', '2026-11-01')
    ok('deal', 'add', '1', 'Oven', '--on', '2026-11-01')
    expect(tried('advance', '1')).toMatchObject({ code: 2 })
    ok('log', 'call', '1', 'in vain', '--result', 'no-answer')
    ok('log', 'call', '1', 'about the other one', '--deal', 'oven')
    expect(tried('advance', '1')).toMatchObject({ code: 2 })
    ok('log', 'call', '1', 'reached', '--result', 'reached')
    ok('advance', '1')
  })

  it('is asked for on a terminal, again where the answer is none', async () => {
    const made = demanding()
    const { code, err } = await onTerminal(
      made,
      ['advance', '1', '--need', 'a hood'],
      [
        ['Amount:', ''],
        ['must not be empty', '900'],
        ['Cost:', '500'],
        ['Expected close:', 'in 2 weeks'],
        ['Who is the contact?', 'Ida'],
        ['Fleet:', '3'],
        ['What was said (call)?', 'they agreed'],
      ],
    )
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    expect(err).not.toContain('What does the client need?')
    expect(made.json('deal', 'show', '1')).toMatchObject({
      stage: 'Meeting preparation',
      amount: 900,
      expected_close: '2026-12-07',
    })
  })

  it('may be the need, before a deal is opened', async () => {
    const made = office()
    made.ok('process', 'add', 'Repeat', '--kind', 'free', '--stages', 'Proposal', '--ask-need')
    expect(made.run('deal', 'add', '1', 'Fan', '--process', 'repeat')).toMatchObject({ code: 2 })
    const args = ['deal', 'add', '1', 'Fan', '--process', 'repeat']
    expect(await onTerminal(made, args, [['need?', 'more air']])).toMatchObject({ code: 0 })
    expect(made.json('deal', 'show', 'fan')).toMatchObject({ need: 'more air' })
    made.ok('process', 'edit', 'repeat', '--no-ask-need')
    made.ok('deal', 'add', '1', 'Fan 2', '--process', 'repeat')
  })
})

describe('a process', () => {
  it('says of each stage who does what by when, from now on', () => {
    const { ok, json } = office()
    ok('deal', 'add', '1', 'Oven')
    const stage = ['process', 'edit', 'typical', '--stage', 'meeting prep']
    ok(...stage, '--limit', '3', '--task', 'Cook for them', '--who', 'Ann', '--chance', '20%')
    ok('client', 'edit', '1', '--owner', 'none')
    ok('deal', 'edit', '1', '--owner', 'none')
    expect(json('task', 'list')).toMatchObject({ tasks: [{ id: 1, owner: null }] })
    ok('advance', '1')
    expect(json('task', 'list')).toMatchObject({
      tasks: [{ text: 'Cook for them', due: '2026-11-26', owner: 'Ann' }],
    })
    expect((json('process', 'show', 'typical').stages as unknown[])[1]).toEqual({
      position: 2,
      stage: 'Meeting preparation',
      probability: 0.2,
      limit_days: 3,
      task: 'Cook for them',
      who: 'Ann',
      demands: null,
    })
    ok(...stage, '--limit', 'none', '--who', 'none')
    expect(json('task', 'list')).toMatchObject({ tasks: [{ due: '2026-11-26' }] })
  })

  it.each([
    [['--limit', '3'], 'name it with --stage STAGE'],
    [['--stage', 'proposal'], 'what is to change about the stage proposal?'],
    [['--stage', 'proposal', '--demand', 'money'], 'a stage cannot require “money”'],
    [['--stage', 'trial', '--limit', '3'], 'there is no stage “trial”'],
  ])('refuses %j', (options, text) => {
    expect(office().run('process', 'edit', 'typical', ...options).err).toContain(text)
  })
})

describe('tasks', () => {
  it('are about a client, a deal or nothing, and found by their text', () => {
    const { ok, json, run: tried } = office()
    ok('deal', 'add', '1', 'Oven', '--process', 'plain')
    ok('task', 'add', 'Send the price list', '--client', 'harb', '--due', 'friday')
    ok('task', 'add', 'Отправить прайс 🍷', '--deal', 'oven')
    ok('task', 'add', 'Tidy up')
    const rows = json<{ tasks: unknown[] }>('task', 'list').tasks
    expect(rows).toMatchObject([
      { id: 1, client: 'Harbour Foods', deal: null, owner: 'Ann', due: '2026-11-27' },
      { id: 2, client: 'Harbour Foods', deal: 'Oven', owner: 'Ann', due: null },
      { id: 3, client: null, deal: null, owner: null },
    ])
    ok('task', 'postpone', 'ПРАЙС', '--to', '1 Dec')
    ok('task', 'done', 'tidy', '--note', 'at last')
    ok('task', 'drop', '1')
    expect(tried('task', 'done', '1').err).toContain('is dropped already')
    expect(tried('task', 'done', '9')).toMatchObject({ code: 3 })
    expect(tried('task', 'add', ' ')).toMatchObject({ code: 2 })
    expect(tried('task', 'add', 'x', '--every', '1w').err).toContain('needs a day')
    expect(json('task', 'list', '--status', 'done')).toMatchObject({
      tasks: [{ id: 3, result: 'at last', closed_on: TODAY }],
    })
    ok('undo')
    ok('undo')
    expect(json<{ tasks: unknown[] }>('task', 'list').tasks).toHaveLength(3)
  })

  it('of a guided stage cannot be dropped, and at the last stage the deal is to be closed', () => {
    const { ok, run: tried } = office()
    ok('deal', 'add', '1', 'Oven', '--stage', 'completion')
    expect(tried('task', 'drop', '1').err).toContain('funnel advance 1, or funnel lose 1')
    expect(tried('task', 'done', '1').err).toContain('close it: funnel win 1')
  })
})

describe('names and notes in any script', () => {
  it('line up in every table, and cannot reach the terminal with escapes', () => {
    const { ok } = desk()
    const names = [
      'ร้านอาหารไทย',
      'Завод Север',
      '東京ラーメン',
      'مطعم البحر',
      'Tapas 🍷 Bar',
      'Plain',
    ]
    for (const [index, name] of names.entries()) {
      ok('client', 'add', `${name}\u001B[31m`, '--rating', 'A')
      ok('task', 'add', `${name} \u001B]0;x\u0007`, '--due', 'today', '--client', String(index + 1))
      ok('log', 'note', String(index + 1), `${name}\u009B2J`)
    }
    for (const out of [ok('today'), ok('task', 'list'), ok('client', 'show', '1')]) {
      expect(out).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/)
    }
    // The column after the names begins at the same place of the screen in every line.
    const begins = (text: string, mark: string): Set<number> => {
      const lines = text.split('\n').filter((line) => line.includes(mark))
      expect(lines).toHaveLength(names.length)
      return new Set(lines.map((line) => stringWidth(line.slice(0, line.indexOf(mark)))))
    }
    expect(begins(ok('today'), 'funnel task done').size).toBe(1)
  })
})
