import { existsSync, readFileSync } from 'node:fs'

/** What senders put into HTML to run, to fetch, to cover or to leave the page; our own list. */
const own: readonly string[] = [
  '<script>seen("script")</script>',
  '<img src=x onerror=seen("img")>',
  '<svg onload=seen("svg")><animate onbegin=seen("a") attributeName=x dur=1s>',
  '<iframe srcdoc="<script>parent.seen(1)</script>"></iframe>',
  '<iframe src="https://out.invalid/frame"></iframe>',
  '<object data="https://out.invalid/o"></object><embed src="https://out.invalid/e">',
  '<meta http-equiv=refresh content="0;url=https://out.invalid/">',
  '<base href="https://out.invalid/"><a href="x">x</a><img src="y.png">',
  '<link rel=stylesheet href="https://out.invalid/s.css">',
  '<style>@import "https://out.invalid/i.css"; body{background:url(https://out.invalid/b)}</style>',
  '<p style="background:url(https://out.invalid/p)">p</p>',
  '<p style="background-image:\\75rl(https://out.invalid/esc)">p</p>',
  '<p style="position:fixed;inset:0;z-index:99999;background:#fff">over all</p>',
  '<p style="width:expression(seen(1))">p</p>',
  '<a href="javascript:seen(1)">x</a><a href="&#106;avascript:seen(1)">y</a>',
  '<a href="  java\nscript:seen(1)">x</a><a href="data:text/html,<script>seen(1)</script>">y</a>',
  '<form action="https://out.invalid/f"><input name=password><button>Sign in</button></form>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=seen(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=seen(1)>"></noscript>',
  '<template><img src=x onerror=seen(1)></template>',
  '<video src="https://out.invalid/v" poster="https://out.invalid/vp" autoplay></video>',
  '<audio src="https://out.invalid/a" autoplay></audio><source srcset="https://out.invalid/ss">',
  '<picture><source srcset="https://out.invalid/1"><img srcset="https://out.invalid/2 2x"></picture>',
  '<img src="http://out.invalid/plain.png"><img src="//out.invalid/relative.png">',
  '<img src="https://out.invalid/track.gif" width=1 height=1>',
  '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22seen(1)%22/>">',
  '<input autofocus onfocus=seen(1)><select autofocus onfocus=seen(1)>',
  '<details open ontoggle=seen(1)><summary>x</summary></details>',
  '<marquee onstart=seen(1)>x</marquee><body onload=seen(1)>',
  '<table background="https://out.invalid/t"><td background="https://out.invalid/td">x</td></table>',
  '<a ping="https://out.invalid/ping" href="https://out.invalid/a">x</a>',
  '<div id=app class=app data-revealed name=csrf contenteditable>mine</div>',
  `${'<div>'.repeat(400)}deep`,
  '<!--[if mso]><img src="https://out.invalid/mso"><![endif]-->',
  '<xmp><img src=x onerror=seen(1)></xmp><plaintext><script>seen(1)</script>',
  '<a href="https://out.invalid/%0d%0aSet-Cookie:x">x</a><p dir=rtl>\u202eexe.fdp</p>',
  '<img src="cid:nobody@x" alt="</p><script>seen(1)</script>">',
  '<svg><foreignObject><iframe src="javascript:parent.seen(1)"></iframe></foreignObject></svg>',
  '<svg><use href="https://out.invalid/u.svg#x"/><image href="https://out.invalid/i.png"/></svg>',
  '<button popovertarget=x>x</button><div popover id=x>x</div><dialog open>x</dialog>',
]

const vectors = new URL('../../../shared/vectors/', import.meta.url)

/** The public sets where they lie beside the project, and our own cases always. */
export function hostileHtml(): readonly { readonly id: string; readonly html: string }[] {
  const sets = ['dompurify', 'h5sc', 'mail', 'owasp'].flatMap((name) => {
    const file = new URL(`xss_${name}.json`, vectors)
    if (!existsSync(file)) return []
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
      cases: { id: string; payload: string }[]
    }
    return cases.map(({ id, payload }) => ({ id, html: payload }))
  })
  return [...own.map((html, at) => ({ id: `own-${at + 1}`, html })), ...sets]
}
