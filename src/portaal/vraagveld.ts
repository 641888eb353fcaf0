/** Fields of a query string: a form that only looks sends every field, also those that were left empty. */
import { z } from 'zod';

const leegIsNiets = (waarde: unknown): unknown => (waarde === '' ? undefined : waarde);

/** @returns the field when it is filled in and right; undefined otherwise: whoever changes an address by hand asks for everything */
export const vraagveld = <T extends z.ZodType>(schema: T) =>
  z.preprocess(leegIsNiets, schema.optional()).catch(undefined);
