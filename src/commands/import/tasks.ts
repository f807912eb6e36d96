import { importCommand } from './command.ts'

export default importCommand('tasks', {
  description:
    'One row a task: what is to be done and by when, about a client, a deal, or nothing of the book. ' +
    'A task that the book has already (same client or deal, text and day) is closed where the file ' +
    'says so, and its blanks are filled; a closed one stays closed. The open task of a deal’s stage is ' +
    'known whatever its text and day. Import deals and their history first.',
  options: ['dateFormat', 'onDuplicate'],
  examples: ['import tasks tasks.csv --dry-run', 'import tasks tasks.csv --create clients,owners'],
})
