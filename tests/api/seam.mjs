// An extension goes on from the state of its source: every body within 1 mm and 1 % of its velocity
// where the two meet, told by the records of both films.
import assert from 'node:assert/strict';
import { check, finish, json, sleep } from './harness.mjs';

const made = async (path, data) => {
  const answer = await json(path, { method: 'POST', data });
  assert.equal(answer.status, 200, JSON.stringify(answer.value));
  let video = answer.value;
  for (let i = 0; i < 900 && video.status !== 'completed'; i += 1) {
    assert.notEqual(video.status, 'failed', JSON.stringify(video.error));
    await sleep(150);
    video = (await json(`/v1/videos/${video.id}`)).value;
  }
  return { id: video.id, record: (await json(`/v1/videos/${video.id}/record`)).value };
};
const length = (a) => Math.hypot(...a);
const minus = (a, b) => a.map((x, i) => x - b[i]);

const films = [
  ['A red ball falls onto a wooden floor.', 1, ['The ball comes to rest.', 'A dog runs past the ball.']],
  ['Dominoes fall in a row on a table.', 1, ['The dominoes keep falling.']],
];
for (const [prompt, seconds, extensions] of films) {
  const look = { size: '160x90', quality: 'draft' };
  const source = await made('/v1/videos', { prompt, seconds, ...look });
  // The same words made longer without a cut: what comes right after the seam when nothing is lost.
  const whole = await made('/v1/videos', { prompt, seconds: seconds + 0.25, ...look });
  for (const words of extensions) {
    await check(`${prompt} ${words}`, async () => {
      const longer = await made('/v1/videos/extensions', { prompt: words, seconds: 0.25, video: { id: source.id }, quality: 'draft' });
      assert.equal(longer.record.duration_s, seconds + 0.25);
      const people = new Set(source.record.bodies.filter((b) => b.kind === 'person').map((b) => b.name));
      let compared = 0, moving = 0;
      const same = (name, a, b) => {
        const away = length(minus(a.position_m, b.position_m));
        assert.ok(away <= 0.001, `${name} is ${away} m away at ${a.t_s} s`);
        // A person's velocity is a difference of places, not a state.
        if (people.has(name)) return;
        const speed = length(a.velocity_mps), change = length(minus(a.velocity_mps, b.velocity_mps));
        assert.ok(change <= 0.01 * speed + 1e-3, `${name} goes ${speed} m/s, and ${change} m/s differently at ${a.t_s} s`);
        compared += 1;
        if (speed > 0.05) moving += 1;
      };
      const at = (track, t) => track?.find((s) => Math.abs(s.t_s - t) < 1e-4);
      for (const [name, track] of Object.entries(source.record.tracks)) {
        const last = track.at(-1);
        assert.ok(last.t_s > seconds - 0.1, `${name}'s track ends at ${last.t_s} s`);
        const here = at(longer.record.tracks[name], last.t_s);
        assert.ok(here, `${name} is gone at the seam`);
        same(name, last, here);
        const after = whole.record.tracks[name].find((s) => s.t_s >= seconds - 1e-4);
        const first = at(longer.record.tracks[name], after.t_s);
        assert.ok(first, `${name} is gone after the seam`);
        same(name, after, first);
      }
      assert.ok(compared >= 2 && moving >= 1, `${compared} states compared, ${moving} of them moving`);
    });
  }
}
finish();
