import { importCommand } from './command.ts'

export default importCommand('tasks', {
  description:
    'One row per task: what to do and by when, for a client, a deal or neither. A task already ' +
    'in the book (same client or deal, text and day) is closed if the file says so, and its ' +
    'blanks are filled; a closed one stays closed. The open task of a deal’s stage is ' +
    'recognised whatever its text and day. Import deals and their history first.',
  options: ['dateFormat', 'onDuplicate'],
  examples: ['import tasks tasks.csv --dry-run', 'import tasks tasks.csv --create clients,owners'],
})
