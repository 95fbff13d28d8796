// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// A line chart in SVG, by hand.

import { element, shape, setAttributes, timeOfDay } from './dom.js';

const HEIGHT = 190;
const MARGIN = { top: 12, right: 12, bottom: 22 };
const LINES = 4;
const LETTER = 6.3; // of the labels, in pixels
const SPAN = 120; // seconds that the chart is wide, at least

export class LineChart {
  #host;
  #options;
  #svg;
  #plot = shape('g');
  #cursor = shape('g', { visibility: 'hidden' });
  #legend = element('p', { class: 'legend' });
  #points = [];
  #focus = -1;

  /**
   * @param host the element that it fills
   * @param options title; series: [{name}], each drawn in the colour series-1, series-2 …; format: a number as text;
   *     max: the top of the scale, left out to follow the data
   */
  constructor(host, options) {
    this.#host = host;
    this.#options = options;
    this.#svg = shape('svg', { class: 'chart', role: 'img', 'aria-label': options.title }, this.#plot, this.#cursor);
    host.replaceChildren(this.#svg, this.#legend);
    this.#svg.addEventListener('pointermove', (move) => this.#point(move));
    this.#svg.addEventListener('pointerleave', () => this.#leave());
    new ResizeObserver(() => this.#render()).observe(host);
  }

  /** Draws [{time, values: [one for each series]}], the oldest first. */
  draw(points) {
    this.#points = points;
    this.#render();
  }

  #render() {
    const width = this.#host.clientWidth;
    if (width === 0 || this.#points.length === 0) return;
    const scale = this.#scale(width);
    setAttributes(this.#svg, { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT });
    this.#plot.replaceChildren(...this.#grid(scale), ...this.#times(scale), ...this.#lines(scale));
    this.#showCursor(scale);
    this.#describe(this.#focus < 0 ? this.#points.length - 1 : this.#focus);
  }

  #scale(width) {
    const last = this.#points[this.#points.length - 1].time;
    const first = Math.min(this.#points[0].time, last - SPAN);
    const highest = Math.max(...this.#points.flatMap((point) => point.values), 0);
    const top = this.#options.max ?? roundUp(highest);
    const labels = Array.from({ length: LINES + 1 }, (_, line) => this.#options.format((top * line) / LINES));
    const left = Math.max(...labels.map((label) => label.length)) * LETTER + 12;
    const inner = { width: width - left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
    return {
      top, width, left, labels, first, last,
      x: (time) => left + ((time - first) / (last - first)) * inner.width,
      y: (value) => MARGIN.top + inner.height * (1 - Math.min(value, top) / top),
    };
  }

  #grid({ top, width, left, labels, y }) {
    return labels.map((label, line) => {
      const height = y((top * line) / LINES);
      return shape('g', { class: 'grid' },
        shape('line', { x1: left, x2: width - MARGIN.right, y1: height, y2: height }),
        shape('text', { x: left - 6, y: height + 4, 'text-anchor': 'end' }, label));
    });
  }

  #times({ first, last, x }) {
    const label = (time, anchor) =>
      shape('text', { class: 'time', x: x(time), y: HEIGHT - 5, 'text-anchor': anchor }, timeOfDay(time));
    return [label(first, 'start'), label(last, 'end')];
  }

  #lines({ x, y }) {
    return this.#options.series.flatMap((_, index) => {
      const line = this.#points.map((point) => `${x(point.time).toFixed(1)},${y(point.values[index]).toFixed(1)}`);
      const [from, to] = [line[0].split(',')[0], line[line.length - 1].split(',')[0]];
      return [
        shape('polygon', { class: `area series-${index + 1}`, points: `${from},${y(0)} ${line.join(' ')} ${to},${y(0)}` }),
        shape('polyline', { class: `line series-${index + 1}`, points: line.join(' ') }),
        shape('circle', { class: `dot series-${index + 1}`, cx: to, cy: line[line.length - 1].split(',')[1], r: 3 }),
      ];
    });
  }

  #point(move) {
    if (this.#points.length === 0) return;
    const scale = this.#scale(this.#host.clientWidth);
    const at = move.clientX - this.#svg.getBoundingClientRect().left;
    const distances = this.#points.map((point) => Math.abs(scale.x(point.time) - at));
    this.#focus = distances.indexOf(Math.min(...distances));
    this.#showCursor(scale);
    this.#describe(this.#focus);
  }

  #leave() {
    this.#focus = -1;
    this.#render();
  }

  #showCursor({ x, y }) {
    const point = this.#points[this.#focus];
    this.#cursor.setAttribute('visibility', point ? 'visible' : 'hidden');
    if (!point) return;
    const at = x(point.time);
    this.#cursor.replaceChildren(
      shape('line', { class: 'cursor', x1: at, x2: at, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom }),
      ...point.values.map((value, index) => shape('circle', { class: `dot series-${index + 1}`, cx: at, cy: y(value), r: 4 })));
  }

  #describe(index) {
    const point = this.#points[index];
    const parts = this.#options.series.map(({ name }, series) =>
      element('span', { class: `key series-${series + 1}` }, `${name} ${this.#options.format(point.values[series])}`));
    if (this.#focus >= 0) parts.push(element('span', { class: 'at' }, timeOfDay(point.time)));
    this.#legend.replaceChildren(...parts);
    const last = this.#points[this.#points.length - 1];
    const text = this.#options.series.map(({ name }, series) => `${name} ${this.#options.format(last.values[series])}`);
    this.#svg.setAttribute('aria-label', `${this.#options.title}: ${text.join(', ')}`);
  }
}

/** The next of 1, 2, 4, 5, 10, 20 … above a value. */
function roundUp(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 10].map((step) => step * power).find((step) => step >= value);
}
