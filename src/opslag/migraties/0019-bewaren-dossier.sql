-- 0019: retention of the dossier and of the samenloop (docs/besluiten/0025).

-- Up to and including this day facts of the lane may have been removed: what is missing of before it proves nothing. null: nothing was removed.
alter table dossier_baan add column opgeruimd_tot text;
-- For when the row above has to be made anew.
alter table dossier_momentopname add column opgeruimd_tot text;

-- All that a lane has of a person; also for an inzage. Lane last, and as bigint: see 0007.
create index dossier_prestatie_persoon on dossier_prestatie (persoon, (baan_id::bigint));

-- What was handled, the oldest first.
create index wlz_signaal_afgehandeld on wlz_signaal (gewijzigd_op, id) where workflow = 'afgehandeld';
create index wmo_dossierfeit_tot on wmo_dossierfeit (tot, bericht_id, nr) where tot is not null;
