const BASH = String.raw`# Completion of funnel for bash. In ~/.bashrc:
#   eval "$(funnel completion bash)"
_funnel() {
  local line first=1
  COMPREPLY=()
  while IFS= read -r line; do
    if [ -n "$first" ]; then
      first=
      [ "$line" = files ] && compopt -o default -o bashdefault 2>/dev/null
      continue
    fi
    COMPREPLY+=("$line")
  done < <(funnel __complete bash "${'$'}{COMP_LINE:0:COMP_POINT}" "$COMP_TYPE" 2>/dev/null)
}
complete -o nosort -F _funnel funnel 2>/dev/null || complete -F _funnel funnel
`

const ZSH = String.raw`#compdef funnel
# Completion of funnel for zsh. In ~/.zshrc, after compinit:
#   eval "$(funnel completion zsh)"
_funnel() {
  local -a lines values shown
  local line
  lines=("${'$'}{(@f)$(funnel __complete zsh "${'$'}{(@Q)words[2,CURRENT-1]}" "${'$'}{(Q)PREFIX}" 2>/dev/null)}")
  if [[ $lines[1] == files ]]; then
    _files
    return
  fi
  for line in "${'$'}{(@)lines[2,-1]}"; do
    values+=("${'$'}{line%%$'\t'*}")
    shown+=("${'$'}{line/$'\t'/  -- }")
  done
  (( $#values )) || return 1
  compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -l -d shown -a -- values
}
if [[ $funcstack[1] == _funnel ]]; then
  _funnel "$@"
else
  compdef _funnel funnel
fi
`

const FISH = String.raw`# Completion of funnel for fish. In ~/.config/fish/config.fish:
#   funnel completion fish | source
function __funnel_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -e words[1]
    set -l lines (funnel __complete fish $words "$current" 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path "$current"
    else if set -q lines[2]
        printf '%s\n' $lines[2..-1]
    end
end
complete -c funnel -f -a '(__funnel_complete)'
`

/** The script that teaches a shell to complete command lines of funnel. */
export const SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const
