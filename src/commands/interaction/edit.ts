import { choice, defineCommand, flag, option } from '../../cli/command.ts'
import { clearable, onMomentOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import {
  editInteraction,
  findContact,
  findInteraction,
  movedTo,
} from '../../records/interactions.ts'
import { find } from '../../records/lookup.ts'
import { findDeal } from '../../records/lookup/deal.ts'
import { atOption, lengthOption, momentText, whenOf } from '../shared/appointment.ts'
import { given } from '../shared/given.ts'
import { KINDS, RESULTS } from '../shared/note-text.ts'

export default defineCommand({
  description: 'Corrects what was logged; what is left out stays.',
  arguments: [
    { syntax: '<interaction>', help: 'its number' },
    { syntax: '[text...]', help: 'what was said' },
  ],
  options: {
    kind: choice('--kind <kind>', 'what it was', KINDS),
    in: flag('--in', 'they came to us'),
    out: flag('--out', 'we went to them'),
    result: choice('--result <result>', 'how it went', [...RESULTS, 'none']),
    client: option('--client <client>', 'the client it was with, if it was entered at another'),
    contact: clearable(option('--contact <name>', 'the person it was with')),
    deal: clearable(option('--deal <deal>', 'the deal it was about')),
    owner: clearable(option('--owner <owner>', 'who spoke to them')),
    on: onMomentOption,
    at: clearable(atOption('past')),
    length: clearable(lengthOption),
  },
  examples: [
    'interaction edit 1 --result interested',
    'interaction edit 1 "wants two of them" --on yesterday',
    'interaction edit 1 --client harbour',
  ],
  async run(context, [number = '', ...words], options) {
    const { kind, contact, deal, owner, at, length } = options
    if (options.in && options.out) {
      throw new Fault('usage', '--in and --out cannot be used together')
    }
    if (words.length > 0 && words.every((word) => /^#?\d+$/.test(word))) {
      const hint = `one at a time: funnel interaction edit ${number} …; a text needs a word next to a number`
      throw new Fault('usage', `“${words.join(' ')}” is a number and not what was said`, hint)
    }
    return context.change({}, async (db, moment) => {
      const was = await findInteraction(db, number)
      const other =
        options.client === undefined ? undefined : await find(db, 'client', options.client)
      const client = other?.id ?? was.client_id
      const moved = client === was.client_id ? undefined : await movedTo(db, was, client)
      const when = await whenOf(context, options.on, at ?? undefined, '--on')
      const time = at === null ? null : (when.time ?? undefined)
      const contactId =
        contact == null ? contact : (await findContact(db, client, contact, 'see')).id
      const dealId = deal == null ? deal : (await findDeal(db, deal, { clientId: client })).id
      const ownerId = owner == null ? owner : (await find(db, 'owner', owner)).id
      const changes = given({
        kind,
        direction: options.in ? ('in' as const) : options.out ? ('out' as const) : undefined,
        result: options.result === 'none' ? null : options.result,
        client_id: other?.id,
        contact_id: contactId === undefined ? moved?.contactId : contactId,
        deal_id: dealId === undefined ? moved?.dealId : dealId,
        owner_id: ownerId,
        at: when.day,
        time,
        minutes: length,
        text: words.length === 0 ? undefined : words.join(' '),
      })
      if (Object.keys(changes).length === 0) {
        throw new Fault('usage', 'nothing to change', 'see: funnel interaction edit --help')
      }
      await editInteraction(db, was, changes, moment)
      const now = await findInteraction(db, number)
      const to = other && moved ? `, now with client ${other.id} (${other.name})` : ''
      const dropped = moved?.dropped ?? []
      const without = dropped.length === 0 ? '' : `, without ${dropped.join(' and ')}`
      return {
        summary: `changed interaction ${was.id} (${now.kind}, ${momentText(now.at, now.time)})${to}${without}`,
        result: { interaction: was.id },
      }
    })
  },
})
