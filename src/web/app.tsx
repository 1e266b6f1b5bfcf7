import { bodyLimit } from 'hono/body-limit'
import type { House } from '../flow/house.ts'
import { pictureBytesMax } from '../flow/picture.ts'
import type { SignIns } from '../flow/sign-in.ts'
import { accountRoutes } from './account.tsx'
import { alertRoutes } from './alerts.tsx'
import { docsRoutes } from './api/docs.tsx'
import { openApi } from './api/serve.ts'
import { apiBase } from './api/table.ts'
import { assetRoutes } from './assets.ts'
import { authenticityRoutes } from './authenticity.tsx'
import { careRoutes } from './care.tsx'
import { careTaskRoutes } from './care-task.tsx'
import { caseRoutes } from './cases.tsx'
import { consultationRoutes } from './consultation.tsx'
import { deletionRoutes } from './deletion.tsx'
import { demoRoutes } from './demo.tsx'
import { designRoutes } from './design.tsx'
import { disclosureRoutes } from './disclosure.tsx'
import { disputeRoutes } from './disputes.tsx'
import { uploadBytesMax, uploadPath } from './drafts.tsx'
import { drillRoutes } from './drills.tsx'
import { dutyRoutes } from './duties.tsx'
import type { Ctx, Site } from './env.ts'
import { filingRoutes } from './filing.tsx'
import { forMeRoutes } from './for-me.tsx'
import { ownForms, secureHeaders, whoCalls } from './guard.ts'
import { holdRoutes } from './holds.tsx'
import { incidentRoutes } from './incidents.tsx'
import { invitationRoutes } from './invitation.tsx'
import { liveRoutes } from './live.ts'
import { logRoutes } from './log.tsx'
import { mailboxRoutes } from './mailboxes.tsx'
import { measureRoutes } from './measures.tsx'
import { notificationRoutes } from './notifications.tsx'
import { openIdRoutes } from './openid.tsx'
import { outboxRoutes } from './outbox.tsx'
import { peopleRoutes } from './people.tsx'
import { policyRoutes } from './policy.tsx'
import { queueRoutes } from './queue.tsx'
import { reportRoutes } from './reports.tsx'
import { retentionRoutes } from './retention.tsx'
import { openRoutes, type Routes } from './routes.ts'
import { ruleRoutes } from './rules.tsx'
import { searchRoutes } from './search.tsx'
import { secondFactorRoutes } from './second-factor.tsx'
import { senderRoutes } from './senders.tsx'
import { settingsRoutes } from './settings.tsx'
import { setupRoutes } from './setup.tsx'
import { signInRoutes } from './sign-in.tsx'
import { snippetRoutes } from './snippets.tsx'
import { templateRoutes } from './templates.tsx'
import { threadRoutes } from './thread-routes.tsx'
import { tokenRoutes } from './tokens.tsx'
import { toldSettingsRoutes } from './told-settings.tsx'
import { onError, problemPage, tooLarge } from './trouble.tsx'
import { webhookRoutes } from './webhooks.tsx'

/** The longest form: a reply with room to spare. */
const formBytesMax = 512 * 1024

/** The one form that brings a picture, by somebody who is signed in. */
const withPicture = (c: Ctx) => c.var.signedIn && c.req.path === '/incidents'

/** One a screen or kind of act. */
const screens: readonly ((routes: Routes) => void)[] = [
  assetRoutes,
  signInRoutes,
  secondFactorRoutes,
  openIdRoutes,
  accountRoutes,
  invitationRoutes,
  peopleRoutes,
  queueRoutes,
  filingRoutes,
  forMeRoutes,
  searchRoutes,
  threadRoutes,
  disputeRoutes,
  measureRoutes,
  alertRoutes,
  outboxRoutes,
  senderRoutes,
  incidentRoutes,
  logRoutes,
  setupRoutes,
  caseRoutes,
  deletionRoutes,
  disclosureRoutes,
  holdRoutes,
  retentionRoutes,
  mailboxRoutes,
  ruleRoutes,
  templateRoutes,
  snippetRoutes,
  settingsRoutes,
  toldSettingsRoutes,
  notificationRoutes,
  webhookRoutes,
  authenticityRoutes,
  tokenRoutes,
  careRoutes,
  careTaskRoutes,
  consultationRoutes,
  drillRoutes,
  reportRoutes,
  policyRoutes,
  dutyRoutes,
  docsRoutes,
  liveRoutes,
]

/** The whole web room: guards in order, then one file a screen. */
export function openApp(house: House, signIns: SignIns, site: Site): Routes {
  const routes = openRoutes()
  const { app } = routes
  app.use(secureHeaders(site))
  const api = openApi(house, site)
  app.route(apiBase, api.app)
  app.use(whoCalls(house, signIns, site))
  const limit = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => tooLarge(c as Ctx) })
  // A picture that is too large is refused by name, and the words beside it are kept.
  const [plain, pictured] = [limit(formBytesMax), limit(formBytesMax + 4 * pictureBytesMax)]
  const uploading = limit(uploadBytesMax)
  app.use((c, next) => {
    if (uploadPath.test(c.req.path)) return uploading(c, next)
    return (withPicture(c) ? pictured : plain)(c, next)
  })
  app.use(ownForms(site))
  for (const addTo of screens) addTo(routes)
  if (site.demo) {
    demoRoutes(routes)
    designRoutes(routes)
  }
  app.notFound((c) => problemPage(c, c.var.text.errorTitle, c.var.text.notFound, 404))
  app.onError((error, c) => onError(error, c))
  return { ...routes, list: [...routes.list, ...api.list] }
}
