// Days since 1970 and dates are two sides of one calendar.
import { deepEqual, equal } from 'node:assert/strict';
import { civil, daysFromCivil } from '../../src/base/civil.ts';

describe('civil', () => {
  it('counts days from 1970, both ways, through leap years', () => {
    equal(daysFromCivil(1970, 1, 1), 0);
    equal(daysFromCivil(2000, 3, 1) - daysFromCivil(2000, 2, 28), 2);
    equal(daysFromCivil(1900, 3, 1) - daysFromCivil(1900, 2, 28), 1);
    deepEqual(civil(-1), { year: 1969, month: 12, date: 31 });
    for (let day = -800_000; day < 800_000; day += 997) {
      const { year, month, date } = civil(day);
      equal(daysFromCivil(year, month, date), day);
    }
  });
});
