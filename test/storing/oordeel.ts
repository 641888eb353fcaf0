/**
 * The verdict on a round, from what the senders know, what the pollers saw and what the database holds: does every receipt
 * have its one outcome, does nothing exist that nobody sent, is what was fetched what was sent, and was it handed out as a
 * postbus should? Pure functions, so that a test can show each of them what it is there to find.
 */
import type { Pollers } from './pollers.ts';
import type { Waarneming, Zending } from './types.ts';

/** A message as the database holds it. */
export interface Rij {
  readonly id: string;
  readonly referentienummer: string;
  readonly oorsprong: string;
  readonly toestand: string;
  readonly baanId: number;
  readonly baanNummer: string | null;
  readonly sha256: string;
}

/** What the pollers brought home. */
export type Oogst = Pick<Pollers, 'waarnemingen' | 'bevestigd' | 'problemen'>;

/** Acknowledged before stored, lost after: every receipt stands for a row with the outcome that its content deserves. */
export function bewijzenGehouden(eigen: ReadonlyMap<string, Zending>, opId: ReadonlyMap<string, Rij>): string[] {
  return [...eigen].flatMap(([id, zending]) => {
    const rij = opId.get(id);
    if (rij === undefined) return [`receipt without a message: ${id}`];
    const verwacht = zending.geldig ? 'verwerkt' : 'afgekeurd';
    return [
      ...(rij.toestand === verwacht ? [] : [`${id} is ${rij.toestand} and should be ${verwacht}`]),
      ...(rij.referentienummer === zending.referentienummer ? [] : [`${id} has the number of another message`]),
      ...(rij.sha256 === zending.sha256 ? [] : [`${id} has other bytes than were sent`]),
    ];
  });
}

/** An upload without receipt made at most one message, and there is none that nobody uploaded. */
export function nietsVerzonnen(rijen: readonly Rij[], zendingen: readonly Zending[]): string[] {
  const gezonden = new Map(zendingen.map((zending) => [zending.referentienummer, zending]));
  const gezien = new Set<string>();
  return rijen
    .filter((rij) => rij.oorsprong === 'aanlevering')
    .flatMap((rij) => {
      const zending = gezonden.get(rij.referentienummer);
      if (zending === undefined) return [`message that nobody sent: ${rij.id}`];
      if (gezien.has(rij.referentienummer)) return [`uploaded once, stored twice: ${rij.referentienummer}`];
      gezien.add(rij.referentienummer);
      return zending.sha256 === rij.sha256 ? [] : [`${rij.id} has other bytes than were uploaded`];
    });
}

/** Who waits for a receipt before sending the next message, sees them numbered in that order in each lane. */
export function volgordeVanZenders(zendingen: readonly Zending[], opId: ReadonlyMap<string, Rij>): string[] {
  const laatste = new Map<string, bigint>();
  return zendingen.flatMap((zending) => {
    const rij = zending.berichtId === undefined ? undefined : opId.get(zending.berichtId);
    if (rij === undefined || rij.baanNummer === null) return [];
    const sleutel = `${zending.zender} ${rij.baanId}`;
    const vorige = laatste.get(sleutel) ?? 0n;
    laatste.set(sleutel, BigInt(rij.baanNummer));
    return BigInt(rij.baanNummer) > vorige ? [] : [`${rij.id} was numbered before an earlier message of its sender`];
  });
}

/** Every item reached a poller, whole; none was handed out after its confirmation, or to two at the same time. */
export function juistUitgereikt(
  pollers: Oogst,
  aangeleverd: readonly Rij[],
  opId: ReadonlyMap<string, Rij>,
  eigen: ReadonlyMap<string, Zending>,
): string[] {
  const problemen: string[] = [...pollers.problemen];
  const perBericht = Map.groupBy(pollers.waarnemingen, ({ berichtId }) => berichtId);
  for (const { id, toestand } of aangeleverd) {
    if (toestand === 'verwerkt' && !pollers.bevestigd.has(id)) problemen.push(`no poller confirmed ${id}`);
  }
  for (const [id, keren] of perBericht) {
    const verwacht = eigen.get(id)?.sha256 ?? opId.get(id)?.sha256;
    if (keren.some(({ sha256 }) => sha256 !== verwacht)) problemen.push(`fetched other bytes than were sent: ${id}`);
    const bevestigd = pollers.bevestigd.get(id);
    if (bevestigd !== undefined && keren.some(({ gevraagdOp }) => gevraagdOp > bevestigd)) {
      problemen.push(`handed out after its confirmation: ${id}`);
    }
    if (keren.some((een, i) => keren.slice(i + 1).some((ander) => tegelijk(een, ander)))) {
      problemen.push(`on lease to two pollers at once: ${id}`);
    }
  }
  return problemen;
}

/** Both leases were given before either could have ended: a lease lasts at least until `gevraagdOp + leaseMs`. */
function tegelijk(een: Waarneming, ander: Waarneming): boolean {
  const laatsteBegin = Math.max(een.gekregenOp, ander.gekregenOp);
  return laatsteBegin < Math.min(een.gevraagdOp + een.leaseMs, ander.gevraagdOp + ander.leaseMs);
}
