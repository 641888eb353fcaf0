/** A day as people write it. ISO 8601 has a year 0; PostgreSQL, and every date of ours, begin with the year 1. */
import { z } from 'zod';

/** A day that exists, YYYY-MM-DD. @param melding what to say of anything else */
export const dag = (melding?: string) => z.iso.date(melding).refine((tekst) => !tekst.startsWith('0000-'), melding);
