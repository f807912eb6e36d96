import { importCommand } from './command.ts'

export default importCommand('clients', {
  description:
    'Finds the table in a spreadsheet and recognises each column by its header or its ' +
    'contents. Columns that are not recognised become properties of the client. On a terminal ' +
    'you are asked before anything is imported. A client already in the book (same reference, ' +
    'e-mail, phone or name) keeps its values; only blanks are filled. funnel undo takes back ' +
    'the whole import.',
  options: ['match', 'onDuplicate'],
  examples: [
    'import clients clients.csv --dry-run',
    'import clients clients.csv --map "Town=region" --ignore "Fax" --create owners,sources',
    'import clients clients.csv --create all --rejects fix.csv --save-profile fair',
  ],
})
