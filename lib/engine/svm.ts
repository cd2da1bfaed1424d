/**
 * Linear support vector machine with squared hinge loss, solved in its dual by coordinate descent with shrinking:
 * C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi, S. Sundararajan, "A dual coordinate descent method for
 * large-scale linear SVM", ICML 2008 (algorithm 3). A feature of constant 1 carries the bias.
 */

import { shuffle } from './hash.ts';

/** Sparse rows: row `i` has `value[k]` at `column[k]` for k in `start[i] .. start[i + 1]`; `squared` are their lengths. */
export type Rows = {
  start: Uint32Array;
  column: Uint32Array;
  value: Float32Array;
  squared: Float32Array;
  columns: number;
};

export type SvmOptions = {
  /** Price of an error (C), and of one on a positive. */
  cost: number;
  positiveCost: number;
  /** Stops when the projected gradients lie within this range of each other. */
  epsilon: number;
  passes: number;
};

/** Dual variables that are not 0: of member `member[k]`, `value[k]`. */
export type Support = { member: Uint32Array; value: Float64Array };
const NOTHING: Support = { member: new Uint32Array(0), value: new Float64Array(0) };

/** `touched` are the rows that bore on it at any time: outside their columns all weights are 0. */
export type Hyperplane = { weights: Float32Array; bias: number; touched: Uint32Array; support: Support };

type State = {
  rows: Rows;
  weights: Float32Array;
  bias: number;
  /** By member, not by row. */
  alpha: Float64Array;
  diagonal: Float64Array;
  curvature: Float64Array;
  /** 1 where the variable ever moved. */
  touched: Uint8Array;
};

function dot(rows: Rows, row: number, weights: Float32Array): number {
  const { column, value } = rows;
  const end = rows.start[row + 1] ?? 0;
  let sum = 0;
  for (let k = rows.start[row] ?? 0; k < end; k += 1) sum += (weights[column[k] ?? 0] ?? 0) * (value[k] ?? 0);
  return sum;
}

function add(rows: Rows, row: number, factor: number, weights: Float32Array): void {
  const { column, value } = rows;
  const end = rows.start[row + 1] ?? 0;
  for (let k = rows.start[row] ?? 0; k < end; k += 1) {
    const at = column[k] ?? 0;
    weights[at] = (weights[at] ?? 0) + factor * (value[k] ?? 0);
  }
}

function begin(rows: Rows, members: Uint32Array, positives: number, options: SvmOptions, weights: Float32Array): State {
  const diagonal = new Float64Array(members.length);
  const curvature = new Float64Array(members.length);
  members.forEach((row, member) => {
    const regular = 0.5 / (member < positives ? options.positiveCost : options.cost);
    diagonal[member] = regular;
    curvature[member] = (rows.squared[row] ?? 0) + 1 + regular;
  });
  const alpha = new Float64Array(members.length);
  return { rows, weights, bias: 0, alpha, diagonal, curvature, touched: new Uint8Array(members.length) };
}

/** Sets the dual variables out of which the solver starts, and the hyperplane that they make. */
function seed(state: State, members: Uint32Array, positives: number, { member, value }: Support): void {
  member.forEach((at, k) => {
    const alpha = value[k] ?? 0;
    const signed = at < positives ? alpha : -alpha;
    state.alpha[at] = alpha;
    state.touched[at] = 1;
    state.bias += signed;
    add(state.rows, members[at] ?? 0, signed, state.weights);
  });
}

function supportOf(alpha: Float64Array): Support {
  const member = new Uint32Array(alpha.length);
  const value = new Float64Array(alpha.length);
  let count = 0;
  for (let at = 0; at < alpha.length; at += 1) {
    const amount = alpha[at] ?? 0;
    if (amount === 0) continue;
    member[count] = at;
    value[count++] = amount;
  }
  return { member: member.slice(0, count), value: value.slice(0, count) };
}

const ascending = (length: number): Uint32Array => {
  const numbers = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) numbers[at] = at;
  return numbers;
};

/** Moves one dual variable to its best value given the others. */
function update(state: State, row: number, member: number, sign: number, gradient: number): void {
  const before = state.alpha[member] ?? 0;
  const after = Math.max(before - gradient / (state.curvature[member] ?? 1), 0);
  state.alpha[member] = after;
  const change = (after - before) * sign;
  if (change === 0) return;
  state.touched[member] = 1;
  state.bias += change;
  add(state.rows, row, change, state.weights);
}

/** A pass over the active members: how many stay active, and the range of the projected gradients. */
type Pass = { active: number; highest: number; lowest: number };

/** What is being solved: `members` are row numbers, the first `positives` of them positive; `order` is of visits. */
type Problem = { members: Uint32Array; positives: number; order: Uint32Array };

function gradientOf(state: State, row: number, member: number, sign: number): number {
  const margin = sign * (dot(state.rows, row, state.weights) + state.bias);
  return margin - 1 + (state.alpha[member] ?? 0) * (state.diagonal[member] ?? 0);
}

/** Improves one member, or sets it aside if it lies on the right side and does not bear on the hyperplane. */
function visit(state: State, { members, positives, order }: Problem, at: number, pass: Pass): boolean {
  const member = order[at] ?? 0;
  const row = members[member] ?? 0;
  const sign = member < positives ? 1 : -1;
  const gradient = gradientOf(state, row, member, sign);
  const free = state.alpha[member] !== 0;
  if (!free && gradient > 0) {
    pass.active -= 1;
    order[at] = order[pass.active] ?? 0;
    order[pass.active] = member;
    return false;
  }
  pass.highest = Math.max(pass.highest, gradient);
  pass.lowest = Math.min(pass.lowest, gradient);
  update(state, row, member, sign, gradient);
  return true;
}

function sweep(state: State, problem: Problem, active: number): Pass {
  const pass: Pass = { active, highest: 0, lowest: 0 };
  for (let at = 0; at < pass.active; ) if (visit(state, problem, at, pass)) at += 1;
  return pass;
}

/**
 * Separates the first `positives` of `members` (row numbers) from the rest. `random` orders the visits.
 * Without a negative everything is positive: give at least one. `weights` must be all 0, one a column: a buffer that
 * serves many problems saves clearing it whole.
 *
 * Shrinking is bolder than the paper's: a member is set aside the first time it is on the right side, since nearly all
 * negatives stay there. When the rest has settled, all are looked at once more and it is solved again: a third of the
 * visits, for an objective within half a percent.
 *
 * `start` are dual variables of a problem that was much the same, which this one is solved from: D. DeCoste, K. Wagstaff,
 * "Alpha seeding for support vector machines", KDD 2000. The minimum is one and the same from wherever it is sought.
 */
export function trainSvm(
  rows: Rows,
  members: Uint32Array,
  positives: number,
  options: SvmOptions,
  random: () => number,
  weights: Float32Array = new Float32Array(rows.columns),
  start: Support = NOTHING,
): Hyperplane {
  const state = begin(rows, members, positives, options, weights);
  seed(state, members, positives, start);
  const problem: Problem = { members, positives, order: ascending(members.length) };
  let active = members.length;
  let settled = 0;
  for (let count = 0; count < options.passes && settled < 2; count += 1) {
    shuffle(problem.order, active, random);
    const pass = sweep(state, problem, active);
    active = pass.active;
    if (pass.highest - pass.lowest > options.epsilon) continue;
    settled += 1;
    active = members.length;
  }
  const touched = members.filter((_, member) => state.touched[member] === 1);
  return { weights, bias: state.bias, touched, support: supportOf(state.alpha) };
}
