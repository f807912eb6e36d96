import { importCommand } from './command.ts'

export default importCommand('interactions', {
  description:
    'One row a call, e-mail, meeting or message: the client or the deal, the day, and what was said. ' +
    'A row that the book has already is left alone.',
  options: ['dateFormat'],
  examples: [
    'import interactions calls.csv --dry-run',
    'import interactions calls.csv --create clients,owners --default kind=call',
  ],
})
