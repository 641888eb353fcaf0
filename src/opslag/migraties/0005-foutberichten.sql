-- 0005: a Fo01 about a message that was refused at the door belongs to no lane: that message was never stored.
alter table bericht alter column baan_id drop not null;
