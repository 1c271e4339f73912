// What the engine has of locales is none; this is what one sees in American English, the locale of most who run newman.
import { compare } from './compare.js';

const MONTH_DAY_YEAR = (date) => `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}`;

function timeOf(date) {
  const two = (number) => String(number).padStart(2, '0');
  const hours = date.getHours();
  return `${hours % 12 || 12}:${two(date.getMinutes())}:${two(date.getSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}

// As it is written in decimals, which is not what it is in bits: 0.0005 is one thousandth.
function rounded(size, decimals) {
  const moved = Number(`${size}e${decimals}`);
  return Number.isNaN(moved) ? size : Number(`${Math.round(moved)}e-${decimals}`);
}

// With three decimals at most, or as many as the options ask for, and a comma before each three digits.
function numberText(number, { minimumFractionDigits: least = 0, maximumFractionDigits: most = Math.max(3, least), useGrouping = true } = {}) {
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number < 0 ? '-∞' : '∞';
  const size = Math.abs(number);
  const [whole, all = ''] = (size < 1e21 ? rounded(size, most).toFixed(Math.min(most, 100)) : String(BigInt(size))).split('.');
  const decimals = all.replace(/0+$/, '').padEnd(least, '0');
  const grouped = useGrouping === false ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${number < 0 || Object.is(number, -0) ? '-' : ''}${grouped}${decimals && `.${decimals}`}`;
}

/** Gives strings, numbers and dates what they say in a locale. */
export function defineLocale() {
  const put = (prototype, name, make) => {
    Object.defineProperty(prototype, name, { value: make(prototype[name]), writable: true, enumerable: false, configurable: true });
  };
  put(String.prototype, 'localeCompare', () => function localeCompare(that, locales, options) {
    if (this === null || this === undefined) throw new TypeError('String.prototype.localeCompare called on null or undefined');
    return compare(String(this), String(that), options);
  });
  put(Number.prototype, 'toLocaleString', () => function toLocaleString(locales, options) {
    return numberText(Number(this), options);
  });
  // With options it remains what the engine makes of it.
  const ofDate = (name, make) => put(Date.prototype, name, (engines) => function (locales, options) {
    if (options !== undefined) return engines.call(this, locales, options);
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : make(this);
  });
  ofDate('toLocaleDateString', MONTH_DAY_YEAR);
  ofDate('toLocaleTimeString', timeOf);
  ofDate('toLocaleString', (date) => `${MONTH_DAY_YEAR(date)}, ${timeOf(date)}`);
}
