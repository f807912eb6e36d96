import { defineCommand } from '../cli/command.ts'
import { SCRIPTS } from '../cli/completion/scripts.ts'
import { Fault } from '../domain/fault.ts'

export default defineCommand({
  description:
    'Prints a script for your shell, which then completes commands, options and their values, ' +
    'and the names of clients, deals, stages, owners and more in your book. bash: add eval ' +
    '"$(funnel completion bash)" to ~/.bashrc. zsh: add eval "$(funnel completion zsh)" to ' +
    '~/.zshrc, after compinit. fish: add funnel completion fish | source to ' +
    '~/.config/fish/config.fish.',
  arguments: [{ syntax: '<shell>', help: 'bash, zsh or fish' }],
  options: {},
  examples: ['completion bash', 'completion zsh', 'completion fish'],
  async run(context, [shell = '']) {
    const script = Object.entries(SCRIPTS).find(([name]) => name === shell)?.[1]
    if (script === undefined) {
      throw new Fault(
        'usage',
        `“${shell}” is not a shell that funnel knows`,
        'name bash, zsh or fish',
      )
    }
    context.io.stdout.write(script)
    await Promise.resolve()
  },
})
