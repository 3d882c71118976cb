// The one place where code points (on disk) and UTF-16 units (in the browser) are converted into each other.

/** Both ways for one text: `units(point)` and `points(unit)`. A unit inside a pair counts as its character's start. */
export function offsetsOf(text) {
  const beyond = []; // unit offsets of the characters that take two units, in order
  for (let unit = 0; unit < text.length; unit++) {
    const code = text.charCodeAt(unit);
    if (code < 0xd800 || code > 0xdbff) continue;
    const next = text.charCodeAt(unit + 1);
    if (next >= 0xdc00 && next <= 0xdfff) beyond.push(unit++);
  }
  // the n-th of them stands at the code point beyond[n] - n; how many stand before a place, found by halving
  const before = (limit, shift) => {
    let low = 0;
    let high = beyond.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (beyond[middle] - shift * middle < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    units: (point) => point + before(point, 1),
    points: (unit) => {
      const n = before(unit, 0);
      // behind a whole pair one unit is too many; inside one, the character has not ended
      return n > 0 && beyond[n - 1] + 1 === unit ? beyond[n - 1] - (n - 1) : unit - n;
    },
  };
}
