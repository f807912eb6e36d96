import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

/** A deal whose process ends with two stages that money lets it through. */
function dealDesk() {
  const made = desk()
  const say = (line: string): string => made.ok(...line.split('|'))
  const ask = (line: string) => made.run(...line.split('|'))
  say('process|add|Short|--kind|guided|--stages|Agreement=50%, Payment=90%, Thanks=95%')
  say('process|edit|Short|--stage|Agreement|--demand|invoiced')
  say('process|edit|Short|--stage|Payment|--demand|paid')
  say('client|add|Harbour Foods')
  say('deal|add|1|Cold store|--process|Short|--amount|1000')
  const stage = (): string => {
    const { deals } = made.json<{ deals: { stage: string; status: string }[] }>(
      'deal',
      'list',
      '--status',
      'all',
    )
    return `${deals[0]?.stage} ${deals[0]?.status}`
  }
  return { ...made, say, ask, stage }
}

describe('a stage that money leads out of', () => {
  it('holds a deal until it is invoiced, and says what to type', () => {
    const { say, ask, stage } = dealDesk()
    const held = ask('advance|1')
    expect(held).toMatchObject({ code: 2 })
    expect(held.err).toContain('cannot leave Agreement without: invoiced')
    expect(held.err).toContain('funnel invoice add --deal 1, then funnel invoice issue')
    say('invoice|add|--deal|1')
    // A draft has not left the house.
    expect(ask('advance|1')).toMatchObject({ code: 2 })
    say('invoice|issue|d1|--incomplete')
    say('advance|1')
    expect(stage()).toBe('Payment open')
  })

  it('is left by the payment of all that is open, and entered again by its undo', () => {
    const { say, ask, stage } = dealDesk()
    say('invoice|add|--deal|1')
    say('invoice|issue|d1|--incomplete')
    say('advance|1')
    expect(say('payment|add|1|400|--for|2026-0001')).not.toContain('deal')
    expect(ask('advance|1').err).toContain('funnel payment add CLIENT AMOUNT --for INVOICE')
    expect(stage()).toBe('Payment open')
    expect(say('payment|add|1|600|--for|2026-0001')).toContain(
      '2026-0001 is settled; deal 1 (Cold store) went on to Thanks, as it is paid',
    )
    expect(stage()).toBe('Thanks open')
    say('undo')
    expect(stage()).toBe('Payment open')
    say('payment|add|1|600')
    expect(say('payment|allocate|3|2026-0001')).toContain('went on to Thanks')
  })

  it('is won by it at the last stage; written off is not paid', () => {
    const { say, stage } = dealDesk()
    say('process|edit|Short|--stages|Agreement=50%, Payment=90%')
    for (const line of ['invoice|add|--deal|1', 'invoice|issue|d1|--incomplete', 'advance|1'])
      say(line)
    say('invoice|write-off|2026-0001')
    expect(stage()).toBe('Payment open')
    say('undo')
    expect(say('payment|add|1|1000|--oldest')).toContain(
      'deal 1 (Cold store) is won, as it is paid',
    )
    expect(stage()).toBe('Payment won')
  })

  it('is left by a booking of the bank that pays it', () => {
    const { say, stage, folder } = dealDesk()
    say('bank|account|add|Main|--iban|DE89370400440532013000')
    for (const line of [
      'invoice|add|--deal|1',
      'invoice|issue|d1|--on|2026-11-01|--incomplete',
      'advance|1',
    ])
      say(line)
    const rows = 'Booked,Amount,Text\n2026-11-20,1000.00,Invoice 2026-0001\n'
    writeFileSync(path.join(folder, 'bank.csv'), rows)
    say(`bank|import|${path.join(folder, 'bank.csv')}|--account|Main`)
    expect(say('bank|match')).toContain('deal 1 (Cold store) went on to Thanks, as it is paid')
    expect(stage()).toBe('Thanks open')
    say('undo')
    expect(say('bank|assign|1|2026-0001')).toContain('; deal 1 (Cold store) went on to Thanks')
  })

  it('stays where something else is missing', () => {
    const { say, stage } = dealDesk()
    say('process|edit|Short|--stage|Payment|--demand|paid, call')
    for (const line of ['invoice|add|--deal|1', 'invoice|issue|d1|--incomplete', 'advance|1'])
      say(line)
    expect(say('payment|add|1|1000|--oldest')).not.toContain('went on')
    expect(stage()).toBe('Payment open')
    say('advance|1|--log|call: thanked them')
    expect(stage()).toBe('Thanks open')
  })
})
