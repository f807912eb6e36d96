#!/bin/sh
# A night in CI: yesterday's leads come in by a pipe, the build fails when the funnel runs dry, and
# clean CSV goes on to the next tool. No HOME, no terminal, nothing asked.
# Run with bash; FUNNEL is the command, LEADS the file that a server would give out.
set -euo pipefail

test -z "${HOME-}"
funnel() { $FUNNEL --no-input "$@"; }

funnel init --currency EUR --timezone UTC --quiet
cat "$LEADS" | funnel import clients - --create all --max-rejects 0 --quiet
cat "$LEADS" | funnel import clients - --create all --max-rejects 0 --json > again.json
grep -q '"created": 0' again.json

printf '# leads must come in\nnew-clients>=3/week\nto-call<=0\n' > funnel.checks
funnel check --file funnel.checks --junit checks.xml --quiet
grep -q 'failures="0"' checks.xml

funnel export clients --columns name,email --where region=North | sort > north.csv
funnel export clients --format jsonl | wc -l > count.txt

# A dry funnel ends the script here, with the code of the check.
funnel check --min open=1 --quiet
echo 'never reached'
