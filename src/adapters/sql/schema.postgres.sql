account.officer text NOT NULL
account.user_handle text NOT NULL
account.created_at text NOT NULL
challenge.id text NOT NULL
challenge.purpose text NOT NULL
challenge.officer text NOT NULL
challenge.challenge bytea NOT NULL
challenge.data text NOT NULL
challenge.expires_at text NOT NULL
checkpoint.party text NOT NULL
checkpoint.size bigint NOT NULL
checkpoint.root text NOT NULL
checkpoint.note text NOT NULL
cosignature.party text NOT NULL
cosignature.size bigint NOT NULL
cosignature.by text NOT NULL
cosignature.at bigint NOT NULL
cosignature.line text NOT NULL
credential.id text NOT NULL
credential.officer text NOT NULL
credential.public_key bytea NOT NULL
credential.alg text NOT NULL
credential.key text NOT NULL
credential.counter bigint NOT NULL
credential.transports text NOT NULL
credential.label text NOT NULL
credential.state text NOT NULL
credential.proof text
credential.created_at text NOT NULL
credential.used_at text
credential.ended_at text
draft.doc text NOT NULL
draft.lang text NOT NULL
draft.officer text NOT NULL
draft.saved_at text NOT NULL
draft.key bytea NOT NULL
draft.sealed bytea NOT NULL
draft_doc.doc text NOT NULL
draft_doc.scope text NOT NULL
draft_doc.officer text NOT NULL
draft_doc.begun_at text NOT NULL
draft_doc.key bytea NOT NULL
draft_doc.sealed bytea NOT NULL
evidence.id text NOT NULL
evidence.party text NOT NULL
evidence.at text NOT NULL
evidence.code text NOT NULL
evidence.data text NOT NULL
fact.kind text NOT NULL
fact.key text NOT NULL
fact.party text NOT NULL
fact.idx bigint NOT NULL
fact.n bigint NOT NULL
fact.act text NOT NULL
fact.data text NOT NULL
folder_absence.id text NOT NULL
folder_absence.officer text NOT NULL
folder_absence.substitute text NOT NULL
folder_absence.from_on text NOT NULL
folder_absence.to_on text NOT NULL
folder_absence.entered_by text NOT NULL
folder_absence.entered_at text NOT NULL
folder_absence.ended_at text
folder_entry.id text NOT NULL
folder_entry.text text NOT NULL
folder_entry.scope text NOT NULL
folder_entry.signer text NOT NULL
folder_entry.mode text NOT NULL
folder_entry.state text NOT NULL
folder_entry.round bigint NOT NULL
folder_entry.opened_by text NOT NULL
folder_entry.opened_at text NOT NULL
folder_entry.due_on text
folder_entry.seal bytea NOT NULL
folder_entry.reason bytea NOT NULL
folder_step.entry text NOT NULL
folder_step.round bigint NOT NULL
folder_step.n bigint NOT NULL
folder_step.officer text NOT NULL
folder_step.outcome text NOT NULL
folder_step.by text
folder_step.note bytea
folder_step.at text
folder_step.reminders bigint NOT NULL
folder_step.reminded_at text
head.party text NOT NULL
head.epoch bigint NOT NULL
head.size bigint NOT NULL
head.root text NOT NULL
head.range text NOT NULL
head.note text NOT NULL
head.decided bigint NOT NULL
head.frozen_at bigint
head.cut text NOT NULL
journal_entry.n bigint NOT NULL
journal_entry.operation text NOT NULL
journal_entry.entry bytea NOT NULL
journal_entry.hash bytea NOT NULL
journal_head.id bigint NOT NULL
journal_head.size bigint NOT NULL
journal_head.root text NOT NULL
journal_head.range text NOT NULL
journal_head.note text NOT NULL
leaf.party text NOT NULL
leaf.idx bigint NOT NULL
leaf.act text NOT NULL
leaf.type text NOT NULL
leaf.scope text NOT NULL
leaf.hash bytea NOT NULL
leaf.envelope bytea NOT NULL
leaf.verdict text
leaf.seq bigint
link.party text NOT NULL
link.their_size bigint NOT NULL
link.last_contact text
link.state text NOT NULL
link.reason text
meta.key text NOT NULL
meta.value text NOT NULL
migration.name text NOT NULL
migration.digest text NOT NULL
part.commit text NOT NULL
part.class text NOT NULL
part.media text NOT NULL
part.size bigint NOT NULL
part.audience text
part.state text NOT NULL
part.sealed bytea
part.party text NOT NULL
part.idx bigint NOT NULL
prepared.id text NOT NULL
prepared.act text NOT NULL
prepared.type text NOT NULL
prepared.payload bytea NOT NULL
prepared.officers text NOT NULL
prepared.parts text NOT NULL
prepared.signatures text NOT NULL
prepared.quorum bigint NOT NULL
prepared.state text NOT NULL
prepared.receipt text
prepared.by text NOT NULL
prepared.created_at text NOT NULL
prepared.expires_at text NOT NULL
projection.name text NOT NULL
projection.version bigint NOT NULL
projection.tables text NOT NULL
projection.done bigint NOT NULL
rate.key text NOT NULL
rate.used bigint NOT NULL
rate.ends_at bigint NOT NULL
read_mark.officer text NOT NULL
read_mark.object text NOT NULL
read_mark.seq bigint NOT NULL
read_mark.at text NOT NULL
session.id text NOT NULL
session.token text NOT NULL
session.officer text NOT NULL
session.by text NOT NULL
session.agent text NOT NULL
session.started_at text NOT NULL
session.seen_at text NOT NULL
session.expires_at text NOT NULL
sign_in_link.id text NOT NULL
sign_in_link.token text NOT NULL
sign_in_link.kind text NOT NULL
sign_in_link.officer text NOT NULL
sign_in_link.made_by text NOT NULL
sign_in_link.created_at text NOT NULL
sign_in_link.expires_at text NOT NULL
sign_in_link.used_at text
space.id text NOT NULL
space.charter bytea NOT NULL
space.state text NOT NULL
tile.party text NOT NULL
tile.level bigint NOT NULL
tile.idx bigint NOT NULL
tile.hashes bytea NOT NULL
CREATE UNIQUE INDEX account_pkey ON alternat.account USING btree (officer)
CREATE INDEX challenge_expiry ON alternat.challenge USING btree (expires_at)
CREATE UNIQUE INDEX challenge_pkey ON alternat.challenge USING btree (id)
CREATE UNIQUE INDEX checkpoint_pkey ON alternat.checkpoint USING btree (party, size)
CREATE UNIQUE INDEX cosignature_pkey ON alternat.cosignature USING btree (party, by, size)
CREATE INDEX credential_officer ON alternat.credential USING btree (officer, state)
CREATE UNIQUE INDEX credential_pkey ON alternat.credential USING btree (id)
CREATE UNIQUE INDEX draft_pkey ON alternat.draft USING btree (doc, lang)
CREATE UNIQUE INDEX draft_doc_pkey ON alternat.draft_doc USING btree (doc)
CREATE UNIQUE INDEX evidence_pkey ON alternat.evidence USING btree (id)
CREATE UNIQUE INDEX fact_pkey ON alternat.fact USING btree (kind, key, party, idx, n)
CREATE INDEX fact_place ON alternat.fact USING btree (party, idx)
CREATE INDEX folder_absence_officer ON alternat.folder_absence USING btree (officer, to_on)
CREATE UNIQUE INDEX folder_absence_pkey ON alternat.folder_absence USING btree (id)
CREATE UNIQUE INDEX folder_entry_pkey ON alternat.folder_entry USING btree (id)
CREATE INDEX folder_entry_text ON alternat.folder_entry USING btree (text, state)
CREATE INDEX folder_step_officer ON alternat.folder_step USING btree (officer, outcome)
CREATE UNIQUE INDEX folder_step_pkey ON alternat.folder_step USING btree (entry, round, n)
CREATE UNIQUE INDEX head_pkey ON alternat.head USING btree (party)
CREATE INDEX journal_entry_operation ON alternat.journal_entry USING btree (operation, n)
CREATE UNIQUE INDEX journal_entry_pkey ON alternat.journal_entry USING btree (n)
CREATE UNIQUE INDEX journal_head_pkey ON alternat.journal_head USING btree (id)
CREATE INDEX leaf_act ON alternat.leaf USING btree (act)
CREATE UNIQUE INDEX leaf_pkey ON alternat.leaf USING btree (party, idx)
CREATE UNIQUE INDEX leaf_seq ON alternat.leaf USING btree (seq)
CREATE UNIQUE INDEX link_pkey ON alternat.link USING btree (party)
CREATE UNIQUE INDEX meta_pkey ON alternat.meta USING btree (key)
CREATE UNIQUE INDEX migration_pkey ON alternat.migration USING btree (name)
CREATE UNIQUE INDEX part_pkey ON alternat.part USING btree (commit)
CREATE INDEX part_state ON alternat.part USING btree (state, party, idx)
CREATE UNIQUE INDEX prepared_pkey ON alternat.prepared USING btree (id)
CREATE INDEX prepared_state ON alternat.prepared USING btree (state, expires_at)
CREATE UNIQUE INDEX projection_pkey ON alternat.projection USING btree (name)
CREATE INDEX rate_end ON alternat.rate USING btree (ends_at)
CREATE UNIQUE INDEX rate_pkey ON alternat.rate USING btree (key)
CREATE UNIQUE INDEX read_mark_pkey ON alternat.read_mark USING btree (officer, object)
CREATE INDEX session_officer ON alternat.session USING btree (officer)
CREATE UNIQUE INDEX session_pkey ON alternat.session USING btree (id)
CREATE UNIQUE INDEX session_token ON alternat.session USING btree (token)
CREATE INDEX sign_in_link_officer ON alternat.sign_in_link USING btree (officer, kind)
CREATE UNIQUE INDEX sign_in_link_pkey ON alternat.sign_in_link USING btree (id)
CREATE UNIQUE INDEX sign_in_link_token ON alternat.sign_in_link USING btree (token)
CREATE UNIQUE INDEX space_pkey ON alternat.space USING btree (id)
CREATE UNIQUE INDEX tile_pkey ON alternat.tile USING btree (party, level, idx)
