/**
 * The receivers: pollers that lease a batch, perhaps die with it, and otherwise confirm it. Several on one postbus, as a
 * gemeente with several servers has. They write down all they saw, so that the check can find what was handed out twice.
 */
import { createHash } from 'node:crypto';
import { setTimeout as wacht } from 'node:timers/promises';
import { GeenAntwoord, type Knooppunt } from '../hulp/knooppunt.ts';
import type { Toeval } from '../hulp/toeval.ts';
import type { Pollersplan, Waarneming } from './types.ts';

export interface Pollers {
  readonly waarnemingen: readonly Waarneming[];
  /** When the server said that this message is confirmed; by berichtId. */
  readonly bevestigd: ReadonlyMap<string, number>;
  /** Batches with which a poller died. */
  readonly gestorven: () => number;
  readonly problemen: readonly string[];
  /** Ends after what each poller has in hand. */
  stop(): Promise<void>;
}

const GEDULD_MS = 60_000;

export function startPollers(
  knooppunt: Knooppunt,
  postbussen: readonly string[],
  plan: Pollersplan,
  toeval: Toeval,
): Pollers {
  const waarnemingen: Waarneming[] = [];
  const bevestigd = new Map<string, number>();
  const problemen: string[] = [];
  let gestopt = false;
  let gestorven = 0;

  const poll = async (postbus: string, naam: string, eigen: Toeval): Promise<void> => {
    const client = knooppunt.client(postbus);
    while (!gestopt) {
      const gevraagdOp = performance.now();
      try {
        const wens = { aantal: eigen.geheel(1, 20), leaseSeconden: plan.leaseSeconden, wachtSeconden: 1 };
        const { status, lichaam } = await client.haalOp(postbus, wens);
        if (status === 429 || status >= 500) {
          await wacht(100);
          continue;
        }
        if (status < 200 || status > 299) throw new Error(`ophaling answered ${status}: ${JSON.stringify(lichaam)}`);
        const gekregenOp = performance.now();
        for (const { berichtId, berichtsoort, inhoud } of lichaam.berichten) {
          const sha256 = createHash('sha256').update(inhoud, 'base64').digest('hex');
          waarnemingen.push({
            poller: naam,
            berichtId,
            berichtsoort,
            sha256,
            gevraagdOp,
            gekregenOp,
            leaseMs: plan.leaseSeconden * 1000,
          });
        }
        if (lichaam.berichten.length === 0) continue;
        if (eigen.kans(plan.kansSterven)) gestorven++;
        else
          await bevestig(
            postbus,
            lichaam.berichten.map(({ berichtId }) => berichtId),
          );
      } catch (fout) {
        // An answer that was lost leaves its messages on lease: they come back when it ends.
        if (fout instanceof GeenAntwoord) await wacht(100);
        else problemen.push(`${naam}: ${fout instanceof Error ? fout.message : fout}`);
      }
    }
  };

  /** Again until it is answered: confirming twice does what confirming once does. */
  const bevestig = async (postbus: string, berichtIds: readonly string[]): Promise<void> => {
    const grens = performance.now() + GEDULD_MS;
    for (;;) {
      const status = await knooppunt
        .client(postbus)
        .bevestig(postbus, berichtIds)
        .then(
          (antwoord) => antwoord.status,
          () => 503,
        );
      if (status >= 200 && status < 300) {
        const op = performance.now();
        for (const id of berichtIds) if (!bevestigd.has(id)) bevestigd.set(id, op);
        return;
      }
      if (status !== 429 && status < 500) throw new Error(`bevestiging answered ${status}`);
      if (performance.now() > grens) throw new Error(`bevestiging not answered within ${GEDULD_MS / 1000} s`);
      await wacht(100);
    }
  };

  const lopend = postbussen.flatMap((postbus, p) =>
    Array.from({ length: plan.perPostbus + (p === 0 ? plan.opEersteExtra : 0) }, (_, nr) => {
      const naam = `${postbus}/${nr}`;
      return poll(postbus, naam, toeval.tak(naam));
    }),
  );
  return {
    waarnemingen,
    bevestigd,
    problemen,
    gestorven: () => gestorven,
    stop: async () => {
      gestopt = true;
      await Promise.all(lopend);
    },
  };
}
