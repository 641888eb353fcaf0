-- 0006: searching one's own messages, and the steps of one.

-- Which messages concern whom: the HMACs of their BSNs, to search by. An answer concerns the same persons as its heenbericht, whether or not
-- it names them. The key has all that a search needs before it looks at a message, in the order of its pages.
-- Written with the message and never changed. No foreign key: checking one would cost more than the row.
create table betrokkene (
  hmac bytea not null,
  -- As in bericht.
  ontvangen_op timestamptz not null,
  bericht_id uuid not null
);
insert into betrokkene (hmac, ontvangen_op, bericht_id)
select distinct hmac, b.ontvangen_op, b.id
from logboek l join bericht b on b.id = l.bericht_id cross join unnest(l.betrokkenen) as hmac
where l.gebeurtenis = 'bericht ontvangen';
alter table betrokkene add primary key (hmac, ontvangen_op, bericht_id);
-- Of whom a message is: for its answers, and to remove it one day.
create index betrokkene_bericht on betrokkene (bericht_id);
-- So far only the switch made answers that name their heenbericht, and nobody answered those.
insert into betrokkene (hmac, ontvangen_op, bericht_id)
select k.hmac, a.ontvangen_op, a.id from bericht a join betrokkene k on k.bericht_id = a.heenbericht_id
where a.heenbericht_id is not null
on conflict do nothing;

-- The same walks as before. What stands beside the key lets a search by soort or domein pass over a message without a look at its row.
drop index bericht_afzender, bericht_ontvanger;
create index bericht_afzender on bericht (afzender, ontvangen_op desc, id desc) include (berichtsoort, domein);
create index bericht_ontvanger on bericht (ontvanger, ontvangen_op desc, id desc) include (berichtsoort, domein);
-- What two organisations exchanged, both ways.
create index bericht_baan on bericht (baan_id, ontvangen_op desc, id desc);

-- Few among many, and asked for by name.
create index postbus_onbestelbaar on postbus_item (postbus, bericht_id) where bezorging = 'onbestelbaar';

-- The steps of the delivery of a message. Of what went before, its own row has the time, so the lines that every message has are left out.
create index logboek_bezorging on logboek (bericht_id, nr)
  where gebeurtenis in ('bericht opgehaald', 'bericht aangeboden', 'bericht onbestelbaar', 'bericht bevestigd');
