import { assignmentsIn } from './assignments.ts'
import { careTasksIn } from './care-tasks.ts'
import { type Checkpoints, checkpointsIn } from './checkpoints.ts'
import { consultationsIn } from './consultations.ts'
import type { Core } from './core.ts'
import { deletionsIn } from './deletions.ts'
import { digestsIn } from './digests.ts'
import { disclosuresIn } from './disclosures.ts'
import { type Dossiers, dossiersIn } from './dossiers.ts'
import { erasingIn } from './erasing.ts'
import { externalIdsIn } from './external-ids.ts'
import { factorsIn } from './factors.ts'
import { holdsIn } from './holds.ts'
import { incidentDeskIn } from './incident-desk.ts'
import { invitationsIn } from './invitations.ts'
import { joinsIn } from './joins.ts'
import { type Kept, keptIn } from './kept.ts'
import { type LearningRooms, learningIn } from './learning-rooms.ts'
import { mutedMovesIn } from './muted-moves.ts'
import { notesIn } from './notes.ts'
import { notificationsIn } from './notifications.ts'
import { passesIn } from './passes.ts'
import { passkeysIn } from './passkeys.ts'
import { peopleIn } from './people.ts'
import { pictureSendersIn } from './picture-senders.ts'
import { presencesIn } from './presences.ts'
import { type Raws, rawsIn } from './raws.ts'
import { type ReplyRooms, replyRoomsIn } from './reply-rooms.ts'
import { representativesIn } from './representatives.ts'
import { savedViewsIn } from './saved-views.ts'
import { senderNotesIn } from './sender-notes.ts'
import { sessionsIn } from './sessions.ts'
import { staffIn } from './staff.ts'
import { staffMailsIn } from './staff-mails.ts'
import { suggestingIn } from './suggesting.ts'
import { toldIn } from './told.ts'
import { webhookDeliveriesIn } from './webhook-deliveries.ts'
import { webhooksIn } from './webhooks.ts'

/** Who people are, and what proves it. */
export function accountRooms(core: Core) {
  return {
    externalIds: externalIdsIn(core),
    factors: factorsIn(core),
    invitations: invitationsIn(core),
    passkeys: passkeysIn(core),
    people: peopleIn(core),
    sessions: sessionsIn(core),
    staff: staffIn(core),
    staffMails: staffMailsIn(core),
  }
}

/** What people and other systems are told of. */
export function tellingIn(core: Core) {
  return {
    notifications: notificationsIn(core),
    told: toldIn(core),
    webhookDeliveries: webhookDeliveriesIn(core),
    webhooks: webhooksIn(core),
  }
}

/** What is said of senders beside mail. */
export function senderRooms(core: Core) {
  return {
    ...retentionRooms(core),
    incidentDesk: incidentDeskIn(core),
    joins: joinsIn(core),
    pictureSenders: pictureSendersIn(core),
    senderNotes: senderNotesIn(core),
    suggesting: suggestingIn(core),
  }
}

/** What people do around threads: who works on them, what they note, who is there. */
export function deskOf(core: Core) {
  return {
    assignments: assignmentsIn(core),
    notes: notesIn(core),
    passes: passesIn(core),
    ...learningIn(core),
    careTasks: careTasksIn(core),
    consultations: consultationsIn(core),
    presences: presencesIn(core),
    savedViews: savedViewsIn(core),
  }
}

/** For how long what is kept, what is held, and how it goes. */
function retentionRooms(core: Core) {
  return {
    deletions: deletionsIn(core),
    disclosures: disclosuresIn(core),
    erasing: erasingIn(core),
    holds: holdsIn(core),
  }
}

/** What is kept of muted mail, and who is never muted. */
export function mutedRooms(core: Core) {
  return {
    digests: digestsIn(core),
    mutedMoves: mutedMovesIn(core),
    representatives: representativesIn(core),
  }
}

/** The record: original mails, rows to be compared with the log, what is signed and exported. */
type KeptRooms = {
  readonly checkpoints: Checkpoints
  readonly dossiers: Dossiers
  readonly kept: Kept
  readonly raws: Raws
}

/** Rooms whose types stand beside them, not in the store's own list. */
export type OwnRooms = ReplyRooms & KeptRooms & LearningRooms

/** What replies are made of, and the record. */
export function replyAndKept(core: Core): ReplyRooms & KeptRooms {
  return {
    ...replyRoomsIn(core),
    checkpoints: checkpointsIn(core),
    dossiers: dossiersIn(core),
    kept: keptIn(core),
    raws: rawsIn(core),
  }
}
