import { readDestination } from './destination.ts';
import type { Exceptions } from './exceptions.ts';
import { usualPorts } from './outbound.ts';
import { OutboundError } from './outbound-error.ts';

/**
 * Whether an address may be called as far as it tells by itself, for who is about to keep it. The host is not looked up: what
 * its name stands for may change, and is checked at every call.
 */
export const mayCall =
  (exceptions: Exceptions) =>
  (url: string): boolean => {
    try {
      const { literal, isException } = readDestination(url, { exceptions, ports: usualPorts });
      return isException || literal === undefined || exceptions.allowsAddress(literal);
    } catch (error) {
      if (error instanceof OutboundError) return false;
      throw error;
    }
  };
