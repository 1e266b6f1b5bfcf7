import type { Element, ElementContent } from 'hast'

/** Where a link in a mail may lead. */
const schemes: readonly string[] = ['http:', 'https:', 'mailto:', 'tel:']

/** The target as it is shown: the host in full, and as much of the rest as fits a line. */
const shownMax = 60

/**
 * A link that says where it really leads, and opens beside the page without telling it anything.
 * What leads nowhere we know is words.
 */
export function linked({ properties, children }: Element): Element {
  const target = targetOf(String(properties.href ?? ''))
  if (!target) return { type: 'element', tagName: 'span', properties: {}, children }
  const own = {
    href: target.href,
    title: target.href,
    target: '_blank',
    rel: ['noopener', 'noreferrer', 'nofollow'],
  }
  const link: Element = { type: 'element', tagName: 'a', properties: own, children }
  if (saysItself(textIn(children), target)) return link
  const said: Element = {
    type: 'element',
    tagName: 'small',
    properties: { className: ['target'] },
    children: [{ type: 'text', value: ` [${shown(target)}]` }],
  }
  return { ...link, children: [...children, said] }
}

function targetOf(href: string): URL | null {
  // What is relative would lead into our own pages.
  if (!/^\s*[a-z][a-z0-9+.-]{1,20}:/i.test(href) || !URL.canParse(href.trim())) return null
  const url = new URL(href.trim())
  return schemes.includes(url.protocol) && url.href.length <= 4_000 ? url : null
}

/** Whether the words of the link are its target already. */
function saysItself(words: string, target: URL): boolean {
  const plain = (text: string) => text.trim().replace(/^(?:https?:\/\/|mailto:|tel:)/i, '')
  return plain(words).replace(/\/$/, '') === plain(target.href).replace(/\/$/, '')
}

function shown({ href, protocol, host }: URL): string {
  const whole = protocol.startsWith('http') ? href.replace(/^https?:\/\/(?:[^/@]*@)?/, '') : href
  const most = Math.max(shownMax, host.length + 8)
  return whole.length > most ? `${whole.slice(0, most)}…` : whole
}

function textIn(nodes: readonly ElementContent[]): string {
  return nodes
    .map((node) =>
      node.type === 'text' ? node.value : node.type === 'element' ? textIn(node.children) : '',
    )
    .join('')
}
