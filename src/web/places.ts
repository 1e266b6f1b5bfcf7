import { type Action, may } from '../domain/person.ts'
import type { Text } from '../text/text.ts'
import type { Ctx } from './env.ts'
import type { IconName } from './parts/icon.tsx'

export type PlaceKey = Exclude<
  keyof Text['nav'],
  'daily' | 'administration' | 'more' | 'design' | 'sent'
>

/** A page that people go to by name. */
export type Place = {
  readonly path: string
  readonly key: PlaceKey
  readonly action: Action
  readonly icon: IconName
  /** The second key after `g` that leads there. */
  readonly go?: string
  /** Other words that somebody types for it: readings in kana and Latin letters, English. */
  readonly reading: string
}

/** The work of every day. */
export const daily: readonly Place[] = [
  {
    ...{ path: '/queue', key: 'queue', action: 'read', icon: 'inbox', go: 'i' },
    reading: 'じゅしん jushin inbox queue',
  },
  {
    ...{ path: '/for-me', key: 'forMe', action: 'read', icon: 'at', go: 'f' },
    reading: 'じぶんあて jibunate for me',
  },
  {
    ...{ path: '/alerts', key: 'alerts', action: 'see_alerts', icon: 'alert', go: 'a' },
    reading: 'きんきゅう kinkyu kinkyuu alerts',
  },
  {
    ...{ path: '/disputes', key: 'disputes', action: 'see_disputes', icon: 'diamond', go: 'd' },
    reading: 'さいてい saitei disputes',
  },
  {
    ...{ path: '/measures', key: 'measures', action: 'read', icon: 'shield', go: 'm' },
    reading: 'たいおうていし taioteishi taiouteishi suspensions warnings',
  },
  {
    ...{ path: '/cases', key: 'cases', action: 'see_cases', icon: 'log' },
    reading: 'じあん jian cases',
  },
  {
    ...{ path: '/senders', key: 'senders', action: 'read', icon: 'person', go: 's' },
    reading: 'さしだしにん sashidashinin senders',
  },
  {
    ...{ path: '/incidents', key: 'incidents', action: 'read', icon: 'flag', go: 'n' },
    reading: 'できごと dekigoto incidents',
  },
  {
    ...{ path: '/outbox', key: 'outbox', action: 'read', icon: 'send', go: 'o' },
    reading: 'そうしん soshin soushin outbox approval しょうにん',
  },
  {
    ...{ path: '/care', key: 'care', action: 'own_settings', icon: 'heart', go: 'c' },
    reading: 'けあ kea care',
  },
  {
    ...{ path: '/consultation', key: 'consultation', action: 'consult', icon: 'bubble', go: 'p' },
    reading: 'そうだんまどぐち sodanmadoguchi soudanmadoguchi consultation desk',
  },
  {
    ...{ path: '/drills', key: 'drills', action: 'own_settings', icon: 'page', go: 't' },
    reading: 'けんしゅう kenshu kenshuu training drills',
  },
]

/** What is arranged now and then. */
export const administration: readonly Place[] = [
  {
    ...{ path: '/setup', key: 'setup', action: 'manage_mailboxes', icon: 'check' },
    reading: 'せってい settei はじめ hajime setup start',
  },
  {
    ...{ path: '/policy', key: 'policy', action: 'own_settings', icon: 'shield' },
    reading: 'きほんほうしん kihonhoshin kihonhoushin policy',
  },
  {
    ...{ path: '/duties', key: 'duties', action: 'see_duties', icon: 'check' },
    reading: 'そちのほうこく ぎむ sochinohokoku sochinohoukoku gimu report of duties',
  },
  {
    ...{ path: '/mailboxes', key: 'mailboxes', action: 'see_mailboxes', icon: 'mail' },
    reading: 'じゅしんばこ jushinbako mailboxes',
  },
  {
    ...{ path: '/snippets', key: 'snippets', action: 'see_snippets', icon: 'page' },
    reading: 'ていけいぶん teikeibun snippets',
  },
  {
    ...{ path: '/templates', key: 'templates', action: 'see_templates', icon: 'page' },
    reading: 'ぶんれい bunrei templates',
  },
  {
    ...{ path: '/rules', key: 'rules', action: 'see_rules', icon: 'rules' },
    reading: 'るーる ruru rules',
  },
  {
    ...{ path: '/people', key: 'people', action: 'see_people', icon: 'person' },
    reading: 'りようしゃ riyosha riyousha people',
  },
  {
    ...{ path: '/webhooks', key: 'webhooks', action: 'manage_webhooks', icon: 'link' },
    reading: 'がいぶつうち gaibutsuuchi webhooks',
  },
  {
    ...{ path: '/settings/tokens', key: 'tokens', action: 'see_tokens', icon: 'key' },
    reading: 'とーくん tokun tokens api',
  },
  {
    ...{ path: '/reports', key: 'reports', action: 'see_reports', icon: 'chart' },
    reading: 'しゅうけい shukei shuukei reports',
  },
  {
    ...{ path: '/retention', key: 'retention', action: 'see_retention', icon: 'page' },
    reading: 'ほぞん hozon retention',
  },
  {
    ...{ path: '/log', key: 'log', action: 'read_log', icon: 'log' },
    reading: 'きろく kiroku log',
  },
  {
    ...{ path: '/settings', key: 'settings', action: 'own_settings', icon: 'settings' },
    reading: 'せってい settei settings',
  },
]

/** All of them that the person may open. */
export function placesOf(c: Ctx): readonly Place[] {
  return [...daily, ...administration].filter(({ action }) => may(c.var.account, action))
}
