import type { Schema } from 'hast-util-sanitize'

/** Elements of text, lists and tables. What is not named here is never written. */
const elements = [
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup',
  'dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd',
  'li main mark ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody',
  'td tfoot th thead tr tt u ul var wbr',
]
  .join(' ')
  .split(' ')

/** Elements whose content is no text of the mail: it goes with them. */
const emptied = [
  'script style head title template noscript noembed noframes iframe frameset object embed applet',
  'svg math xmp plaintext listing textarea select button form input datalist audio video canvas',
  'dialog map portal',
]
  .join(' ')
  .split(' ')

const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20})$/i
const length = /^\d{1,4}%?$/

/**
 * The whole of what a mail's HTML may be made of. No id, class, name or data attribute: nothing of
 * it is found by a script or a style of ours. `style` is sifted, links and pictures are made anew.
 */
export const allowed: Schema = {
  tagNames: elements,
  strip: emptied,
  allowComments: false,
  allowDoctypes: false,
  clobber: [],
  required: {},
  protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['cid', 'data', 'https'] },
  ancestors: Object.fromEntries(
    ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption', 'colgroup', 'col'].map((name) => [
      name,
      ['table'],
    ]),
  ),
  attributes: {
    '*': [
      'style',
      ['dir', 'ltr', 'rtl', 'auto'],
      ['lang', /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}$/i],
      ['align', 'left', 'right', 'center', 'justify'],
    ],
    a: ['href'],
    img: ['src', 'alt', ['width', /^\d{1,5}$/], ['height', /^\d{1,5}$/]],
    font: [
      ['color', colour],
      ['size', /^[+-]?[1-7]$/],
    ],
    table: [
      ['bgColor', colour],
      ['border', /^\d{1,2}$/],
      ['cellPadding', /^\d{1,2}$/],
      ['cellSpacing', /^\d{1,2}$/],
      ['width', length],
    ],
    tr: [['bgColor', colour]],
    td: [
      ['bgColor', colour],
      ['width', length],
      ['vAlign', 'top', 'middle', 'bottom', 'baseline'],
      ['colSpan', /^\d{1,2}$/],
      ['rowSpan', /^\d{1,2}$/],
    ],
    th: [
      ['bgColor', colour],
      ['width', length],
      ['vAlign', 'top', 'middle', 'bottom', 'baseline'],
      ['colSpan', /^\d{1,2}$/],
      ['rowSpan', /^\d{1,2}$/],
    ],
    col: [['width', length]],
    ol: [['start', /^\d{1,4}$/]],
  },
}
