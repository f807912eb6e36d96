/** The page's own style: light and dark as the reader has it, narrow and wide, on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f7f9; --text: #1c2128; --quiet: #5b6472; --rule: #d9dde3;
  --won: #1a7f4b; --lost: #e3a08c; --open: #2f6fb5; --still: #a9c8ea; --stuck: #e0b040; --line: #2f6fb5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --panel: #1d2229; --text: #e6e9ee; --quiet: #9aa4b2; --rule: #343b46;
    --won: #4cc38a; --lost: #7d4a3d; --open: #6aa9ea; --still: #35587c; --stuck: #8a6d1f; --line: #6aa9ea;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 76rem; margin: 0 auto; padding: 1.25rem 1rem 2.5rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
.what, .notes, .axis, .legend { color: var(--quiet); font-size: .9rem; }
.what { margin: 0; overflow-wrap: anywhere; }
.totals { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; }
.totals div { background: var(--panel); border-radius: .4rem; padding: .45rem .8rem; }
.totals dt { color: var(--quiet); font-size: .8rem; }
.totals dd { margin: 0; font-size: 1.1rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.totals small { display: block; color: var(--quiet); font-size: .8rem; font-weight: 400; }
.wide { overflow-x: auto; margin-top: .5rem; }
.lead { margin: .9rem 0 0; font-size: 1.1rem; font-weight: 600; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .3rem .6rem; text-align: left; border-bottom: 1px solid var(--rule); vertical-align: top; }
thead th { border-bottom: 2px solid var(--rule); white-space: nowrap; font-weight: 600; }
tfoot td { font-weight: 600; border-top: 2px solid var(--rule); border-bottom: 0; }
.day { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th.band { text-align: left; border-left: 1px solid var(--rule); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2.5rem; margin-bottom: 1.25rem; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { font-weight: 600; margin: 1.5rem 0 .5rem; }
.bars { display: grid; grid-template-columns: minmax(0, auto) minmax(4rem, 1fr) auto auto; gap: .3rem .6rem; align-items: center; font-size: .85rem; }
.bars .name { overflow-wrap: anywhere; }
.bars .value, .bars .note { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bars .note { color: var(--quiet); }
.bars svg { display: block; width: 100%; height: 1.15rem; }
.plot { position: relative; height: 13rem; border-left: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
.plot svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.top { color: var(--quiet); font-size: .8rem; }
.axis { display: flex; justify-content: space-between; gap: .5rem; font-size: .8rem; }
.won { fill: var(--won); } .lost { fill: var(--lost); } .open { fill: var(--still); } .timely { fill: var(--open); } .stuck { fill: var(--stuck); }
.all { fill: var(--open); } .band { fill: var(--line); fill-opacity: .25; }
.curve { fill: none; stroke: var(--line); stroke-width: 2; vector-effect: non-scaling-stroke; }
.grid { stroke: var(--rule); stroke-width: 1; vector-effect: non-scaling-stroke; }
.spark { width: 5rem; height: 1.1em; display: block; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin-top: .5rem; }
.legend svg { width: .8rem; height: .8rem; margin-right: .3rem; vertical-align: -1px; }
.explained { font-size: .9rem; padding-left: 1.1rem; overflow-wrap: anywhere; }
.notes { margin-top: 1.5rem; border-top: 1px solid var(--rule); padding-top: .5rem; overflow-wrap: anywhere; }
.notes p { margin: .25rem 0; }
@media screen and (max-width: 70rem) {
  table { font-size: .8rem; } th, td { padding: .3rem .25rem; }
  thead th { white-space: normal; vertical-align: bottom; }
}
@media screen and (max-width: 34rem) {
  .fold thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .fold, .fold tbody, .fold tfoot, .fold tr, .fold td { display: block; }
  .fold tr { padding: .45rem 0; border-bottom: 1px solid var(--rule); }
  .fold td { border: 0; padding: .1rem 0; white-space: normal; overflow-wrap: anywhere; }
  .fold td:empty { display: none; }
  .fold td:first-child { font-weight: 600; }
  .fold td + td { display: flex; justify-content: space-between; gap: 1rem; text-align: right; }
  .fold td + td::before { content: attr(data-label); color: var(--quiet); text-align: left; }
}
@media print {
  :root {
    --ground: #ffffff; --panel: #ffffff; --text: #000000; --quiet: #444444; --rule: #bbbbbb;
    --won: #1a7f4b; --lost: #e3a08c; --open: #2f6fb5; --still: #a9c8ea; --stuck: #e0b040; --line: #2f6fb5;
  }
  body { font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  .charts { grid-template-columns: 1fr 1fr; gap: 0 1.5rem; } .plot { height: 8rem; }
  table { font-size: 8.5pt; } th, td { padding: .15rem .35rem; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  .totals div { border: 1px solid var(--rule); }
}
`
