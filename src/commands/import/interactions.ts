import { importCommand } from './command.ts'

export default importCommand('interactions', {
  description:
    'One row per call, e-mail, meeting or message: the client or the deal, the day, and what ' +
    'was said. Rows already in the book are left alone.',
  options: ['dateFormat'],
  examples: [
    'import interactions calls.csv --dry-run',
    'import interactions calls.csv --create clients,owners --default kind=call',
  ],
})
