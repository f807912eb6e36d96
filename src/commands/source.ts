import { nameDictionary } from './shared/dictionary.ts'

export const { list, show, add, edit } = nameDictionary({
  noun: 'source',
  columns: [],
  known: 'web',
  added: 'partner',
})
