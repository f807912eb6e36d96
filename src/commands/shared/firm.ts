import { flag } from '../../cli/command.ts'

/** The option that makes an entry the one that is taken by default. */
export const defaultOption = flag('--default', 'take it where none is named')

/** `true` if the option was given. */
export function wantsDefault(given: boolean | undefined): true | undefined {
  return given === true ? true : undefined
}

/** What a summary says of an entry that is the default one. */
export function defaultText(isDefault: boolean): string {
  return isDefault ? ', the default' : ''
}

/** What a summary says if the default one was dropped, and several are left. */
export function noDefaultText(lacks: boolean, noun: string): string {
  return lacks ? `; none is the default now: funnel ${noun} edit NAME --default` : ''
}
