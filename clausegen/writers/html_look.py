"""The look of the web page: readable on a screen, on paper, in black and white, and with styles of one's own."""

STYLE = """\
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem 1.25rem 3rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.5 Cambria, Georgia, "Liberation Serif", serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-top: 2rem; }
h3 { font-size: 1.1rem; margin-top: 1.5rem; }
h4 { font-size: 1rem; font-style: italic; }
h1, h2, h3, h4 { color: #1f3864; }
a { color: #1f3864; }
a:focus { outline: 3px solid #7f3f00; outline-offset: 2px; }
.entete { border-bottom: 1px solid #595959; color: #404040; font-size: .9rem; padding-bottom: .4rem; }
.evitement { position: absolute; left: -99rem; }
.evitement:focus { position: static; }
nav { border-left: 4px solid #1f3864; padding-left: 1rem; }
nav p { font-weight: bold; }
nav ol { list-style: none; padding: 0; }
nav .niveau-3 { padding-left: 1.5rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { border: 1px solid #595959; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #1f3864; color: #fff; }
tbody th { background: #eef1f6; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.center { text-align: center; }
.encadre { border: 1px solid #595959; background: #f5f5f5; margin: 1rem 0; padding: 0 1rem; }
.signatures td { height: 5rem; }
blockquote { border-left: 4px solid #8c8c8c; margin-left: 0; padding-left: 1rem; }
mark { background: #fff2cc; color: inherit; }
mark a { color: #5c2e00; }
.appel { font-size: .75em; line-height: 0; }
.notes { border-top: 1px solid #595959; font-size: .9rem; margin-top: 2rem; }
code { font-family: Consolas, "Liberation Mono", monospace; font-size: .9em; }
@page { size: A4; margin: 2.5cm 2cm; }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  a { color: inherit; text-decoration: none; }
  .evitement, [role="doc-backlink"] { display: none; }
  thead { display: table-header-group; }
  thead th { background: none; color: #000; border-bottom-width: 2px; }
  tr, .encadre, .signatures { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; color: #000; }
  mark { background: none; font-style: italic; }
}
"""
