/** The one statement that stores a batch of turns: fencing, events, messages, timers and listings together. */

/**
 * Takes the columns of `layOut` in its order and answers with the places of the groups that were fenced.
 *
 * - `verdict` locks the owner rows in the order of `head`, which is sorted by actor. The lock makes a claim wait for
 *   this commit, or this statement see the claimed epoch; either way no event of a past owner slips in.
 * - The last number of a group is probed in the journal itself; `refuse_gap` raises NL001 and undoes the batch.
 * - The verdicts are an array, subscripted by each row's group: a join would be planned from made-up row counts.
 */
export const APPEND_STATEMENT = `
with head as materialized (
  select * from unnest($1::int[], $2::text[], $3::bigint[], $4::bigint[]) as h (place, actor, epoch, first_seq)
), verdict as materialized (
  select h.place, case
    when held.epoch is distinct from h.epoch then false
    when h.first_seq is null then true
    when h.first_seq = 1 + coalesce(latest.seq, 0) then true
    else refuse_gap(h.actor, 1 + coalesce(latest.seq, 0), h.first_seq)
  end as ok
  from head h
  left join lateral (select o.epoch from owner o where o.actor = h.actor for share of o) held on true
  left join lateral (
    select j.seq from journal j where j.actor = h.actor order by j.seq desc limit 1
  ) latest on true
), verdicts as materialized (
  select array_agg(v.ok order by v.place) as ok from verdict v
), events as (
  insert into journal (actor, seq, epoch, at_ms, type, version, body, command_id, reply)
  select e.actor, e.seq, e.epoch, e.at_ms, e.type, e.version, e.body::json, e.command_id, e.reply::json
  from unnest($5::int[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::int[], $12::text[],
    $13::text[], $14::text[]) as e (place, actor, seq, epoch, at_ms, type, version, body, command_id, reply)
  cross join verdicts where verdicts.ok[e.place]
), messages as (
  insert into outbox (sender, seq, idx, target, command)
  select m.sender, m.seq, m.idx, m.target, m.command::json
  from unnest($15::int[], $16::text[], $17::bigint[], $18::int[], $19::text[], $20::text[])
    as m (place, sender, seq, idx, target, command)
  cross join verdicts where verdicts.ok[m.place]
), timers as (
  insert into timer (actor, name, due_ms, command)
  select t.actor, t.name, t.due_ms, t.command::json
  from unnest($21::int[], $22::text[], $23::text[], $24::bigint[], $25::text[]) as t (place, actor, name, due_ms, command)
  cross join verdicts where verdicts.ok[t.place]
  on conflict (actor, name) do update set due_ms = excluded.due_ms, command = excluded.command
), cleared as (
  delete from timer
  using unnest($26::int[], $27::text[], $28::text[]) as c (place, actor, name) cross join verdicts
  where timer.actor = c.actor and timer.name = c.name and verdicts.ok[c.place]
), listings as (
  insert into listing (actor, owner_id, kind, status, body, created_at_ms, updated_at_ms)
  select l.actor, l.owner_id, l.kind, l.status, l.body::json, l.at_ms, l.at_ms
  from unnest($29::int[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::bigint[])
    as l (place, actor, owner_id, kind, status, body, at_ms)
  cross join verdicts where verdicts.ok[l.place]
  on conflict (actor) do update set owner_id = excluded.owner_id, status = excluded.status, body = excluded.body,
    updated_at_ms = excluded.updated_at_ms
)
select v.place from verdict v where not v.ok`;
