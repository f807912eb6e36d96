import { nameDictionary } from './shared/dictionary.ts'

export const { list, show, add, edit, merge } = nameDictionary({
  noun: 'source',
  columns: [],
  known: 'web',
  added: 'partner',
  merged: 'cold list',
})
