// What is seen before the first frame: a sky in which the sun rises with the work.
export function Sky({ progress, still }: { progress: number; still: boolean }) {
  return (
    <div class={still ? 'sky still' : 'sky'} aria-hidden="true">
      <div class="sun" style={{ transform: `translateY(${-2.1 * progress}%)` }} />
      <div class="cloud far" />
      <div class="cloud near" />
    </div>
  );
}
